//! PostgreSQL's own functions beyond the everyday ones, by kind: every immutable or stable built-in of a kind that people use.
//!
//! Each gives what follows from its arguments alone. Left out is what reads files, catalogues, settings or other sessions
//! (`pg_read_file`, `format_type`, `current_setting`, `inet_client_addr`, `enum_range`), runs SQL that is given as text (`query_to_xml`,
//! `ts_rewrite`, `ts_stat`), changes something (`nextval`, `setseed`, `set_config`, `pg_notify`), or waits.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Names between blanks, a kind a line of reason.
const KINDS: [&str; 13] = [
    // Arithmetic and angles: numbers of numbers.
    "acosd acosh asind asinh atan2d atand atanh cosd cosh cot cotd erf erfc sind sinh tand tanh to_bin to_oct",
    // Types called as functions: casts to plain types.
    "bool date float4 float8 int2 int4 int8 interval macaddr macaddr8 money numeric text time timestamp timestamptz timetz varbit varchar",
    // Texts, bytes and bits: parts, other spellings, and sums of what is given. A hash tells no more of a value than md5 does.
    "casefold convert crc32 crc32c get_bit get_byte hashint4 hashint8 hashtext hashtextextended is_normalized set_bit set_byte sha224 \
     sha384 to_ascii unicode_assigned",
    // Sizes: how long the value at hand is, and how a number of bytes is written.
    "pg_column_size pg_size_bytes",
    // Moments: those of a statement are read already.
    "overlaps",
    // Addresses: parts of one.
    "abbrev broadcast family host hostmask inet_merge inet_same_family macaddr8_set7bit masklen netmask network set_masklen",
    // Documents: their parts, and rows of them under names and types that the statement itself gives.
    "json_array json_arrayagg json_exists json_objectagg json_query json_scalar json_serialize json_to_record json_to_recordset json_value \
     jsonb_path_exists_tz jsonb_path_match_tz jsonb_path_query_array_tz jsonb_path_query_first_tz jsonb_path_query_tz jsonb_set_lax \
     jsonb_to_record jsonb_to_recordset",
    // XML: built of values, or searched by path; the server loads nothing that a document names.
    "xml_is_well_formed xml_is_well_formed_content xml_is_well_formed_document xmlcomment xmlconcat xmlexists xmlforest xpath xpath_exists",
    // Arrays: the same elements in another order, or fewer.
    "array_reverse array_shuffle array_sort",
    // Ranges: made, cut and gathered.
    "datemultirange int4multirange int8multirange multirange nummultirange range_intersect_agg tsmultirange tstzmultirange",
    // Aggregates: of the rows at hand.
    "json_agg_strict json_object_agg_strict json_object_agg_unique json_object_agg_unique_strict jsonb_agg_strict jsonb_object_agg_strict \
     jsonb_object_agg_unique jsonb_object_agg_unique_strict",
    // Search in texts: by the dictionaries that the server comes with.
    "array_to_tsvector json_to_tsvector jsonb_to_tsvector numnode querytree strip ts_delete ts_filter tsquery_phrase \
     tsvector_to_array",
    // Shapes, and identifiers: parts of one, and new ones.
    "area bound_box box center circle diagonal diameter height isclosed isopen line lseg npoints path pclose point polygon popen \
     radius slope uuid_extract_timestamp uuid_extract_version uuidv4 uuidv7 width",
];

static NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| KINDS.iter().flat_map(|kind| kind.split(' ')).collect());

/// Whether a folded name is one of them.
pub(super) fn has(name: &str) -> bool {
    NAMES.contains(name)
}

#[cfg(test)]
mod tests {
    use super::{KINDS, NAMES};
    use crate::intercept::sql::functions::lists::{COMMON, POSTGRES};

    #[test]
    fn each_is_named_once_and_in_order() {
        let listed = |name: &&str| COMMON.contains(name) || POSTGRES.contains(name);
        assert_eq!(NAMES.iter().filter(|name| listed(name)).collect::<Vec<_>>(), Vec::<&&str>::new());
        assert_eq!(KINDS.iter().map(|kind| kind.split(' ').count()).sum::<usize>(), NAMES.len());
        for kind in KINDS {
            assert!(kind.split(' ').is_sorted() && kind.split(' ').all(|name| !name.is_empty()), "{kind}");
        }
    }
}
