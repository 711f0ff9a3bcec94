//! Whether a declared key in JSON means what was declared: not in a schema, in the texts of a form, or in a program's settings.
//!
//! *Invariants.* Asked where the content of objects is read, never of the answer to a statement: whose names an agent chose.

use super::document::Kind;
use super::json::Segment;
use super::kin::{Kin, is_doubted, of_document};
use super::pairs::is_full;
use super::tables::{Names, ROWS};
use super::talk::is_talk;
use crate::spec::MaskLimits;
use crate::vocabulary::Class;
use std::collections::BTreeMap;

/// Keys below a declared one that say something of its values: a schema, a form, an index, a change that was logged.
#[rustfmt::skip]
pub(super) const ABOUT: &[&str] = &[
    "type", "format", "pattern", "$ref", "minLength", "maxLength", "nullable", "required", "unique", "primaryKey",
    "label", "placeholder", "message", "error", "errors", "hint", "help", "helpText", "tooltip", "widget", "component",
    "description", "title", "autocomplete", "inputType", "validation", "validators", "rules", "rule", "visible",
    "editable", "sortable", "width", "order", "dataType", "data_type", "analyzer", "index", "invalid", "kind", "in",
    "code", "status", "column", "table", "constraint",
];
/// Keys above a declared one under which stands what is said of its values.
#[rustfmt::skip]
pub(super) const TEXTS: &[&str] = &[
    "errors", "error", "errorMessages", "validationErrors", "fieldErrors", "labels", "placeholders", "i18n",
    "translations", "translation", "validation", "validators", "validations", "rules", "tooltips", "hints", "locale",
    "locales", "i18nKeys", "schema", "mapping", "mappings", "fieldMappings", "columnMap", "types", "dtypes",
    "projection", "constraints",
];
/// What the keys of the texts of a form begin with: `label.name`; the answers to one stand under `form.name`.
const FORMS: &[&str] = &["label", "labels", "placeholder", "i18n"];
/// Keys under which stand the properties of the object around.
const WRAPPERS: &[&str] = &["properties", "attributes", "fields"];
/// Most digits of a number that stands for yes or no, an order, or a count.
const DIGITS: usize = 3;

/// What stands beside the keys of one document, once that was asked for.
#[derive(Debug, Default)]
pub(super) struct Doubts {
    kin: Option<Vec<Kin>>,
    /// The same of tables, by their place and the list of their names.
    tables: BTreeMap<(usize, u32), Kin>,
}

/// Fewest digits of a telephone number.
const SHORTEST_PHONE: usize = 7;

impl Doubts {
    /// Whether a value is none of what its key declares; `path` comes with the place of that key.
    #[expect(clippy::too_many_arguments, reason = "all that is known of a value")]
    pub(super) fn is_spared(
        &mut self,
        text: &str,
        limits: MaskLimits,
        open: impl Iterator<Item = usize>,
        (path, place): (&[Segment<'_>], usize),
        grid: Option<(usize, Names<'_>)>,
        class: Class,
        value: &str,
        kind: Kind,
    ) -> bool {
        if kind == Kind::Number {
            // `{"email": {"sent": 1204}, "phone": {"calls": 88}}`: no number is an address, and few digits are no telephone's.
            let counts = class == Class::Email || class == Class::Phone && value.len() < SHORTEST_PHONE;
            return counts || value.len() <= DIGITS && !matches!(class, Class::Financial);
        }
        let (above, below) = path.split_at_checked(place).unwrap_or((path, &[]));
        let own =
            path.get(place).and_then(|segment| if let Segment::Key(key) = segment { Some(key.as_ref()) } else { None });
        if is_talk(class, value)
            || own
                .and_then(|key: &str| key.split_once('.'))
                .is_some_and(|(part, _)| FORMS.contains(&part) && !is_full(value))
            || below.iter().skip(1).any(|segment| segment.is_named(ABOUT))
            || above.iter().any(|segment| segment.is_named(TEXTS))
        {
            return true;
        }
        if class != Class::PersonName {
            return false;
        }
        let keys = || {
            above.iter().rev().filter_map(|segment| match segment {
                Segment::Key(key) => Some(key.as_ref()),
                Segment::Index(_) => None,
            })
        };
        match below {
            [Segment::Key(key)] if is_doubted(key) => {}
            [Segment::Index(column)] => {
                let Some(own) = grid.and_then(|grid| self.of_grid(grid, *column)) else { return false };
                // What a table is called says whose it is, or nothing.
                let mut keys = keys().filter(|key| !ROWS.contains(key));
                let own = keys.next().map_or(own, |parent| own.of_people(parent));
                return keys.fold(own, Kin::among).spares(value);
            }
            _ => return false, // it means what it says
        }
        let all = self.kin.get_or_insert_with(|| of_document(text, limits));
        let mut around = open.filter_map(|place| all.get(place).copied());
        let own = around.next().unwrap_or_default();
        let parent = keys().next();
        let own = parent.map_or(own, |parent| own.under(parent));
        let own = keys().skip(1).fold(own, Kin::among);
        let wrapped = above.last().is_some_and(|segment| segment.is_named(WRAPPERS));
        around.next().filter(|_| wrapped).map_or(own, |outer| own.inside(outer)).spares(value)
    }

    /// What the names of a table say of one of its columns; nothing of one that is not doubted.
    fn of_grid(&mut self, (place, names): (usize, Names<'_>), column: usize) -> Option<Kin> {
        let own = names.get(column).and_then(Option::as_ref).filter(|own| is_doubted(&own.name))?;
        let of_list = || {
            // What another list calls further columns says nothing of these.
            let beside = names.iter().flatten().filter(|other| other.list == own.list);
            Kin::of_table(beside.map(|other| other.name.as_ref())).strictly()
        };
        Some(*self.tables.entry((place, own.list)).or_insert_with(of_list))
    }
}
