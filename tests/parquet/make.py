"""Writes the Parquet files of tests/parquet with pyarrow 26: none of this project's code had a part in them."""

import datetime
import decimal
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq

OUT = pathlib.Path(sys.argv[1])
UTC = datetime.timezone.utc
DAY = datetime.datetime(2026, 3, 1, tzinfo=UTC)


def visits(rows, bad=None):
    """One visit a row: what `dataset.visits` declares."""
    minute = datetime.timedelta(minutes=1)
    table = {
        "id": pa.array(range(1, rows + 1), pa.int64()),
        "who": pa.array([f"person-{n % 7}" if n % 5 else None for n in range(rows)], pa.string()),
        "paid": pa.array([decimal.Decimal(n % 1000) / 100 for n in range(rows)], pa.decimal128(9, 2)),
        "at": pa.array([DAY + n * minute for n in range(rows)], pa.timestamp("us", tz="UTC")),
        "new": pa.array([n % 3 == 0 for n in range(rows)], pa.bool_()),
    }
    table.update(bad or {})
    return pa.table(table)


def write(name, table, **options):
    pq.write_table(table, OUT / f"{name}.parquet", **options)


for codec in ["none", "snappy", "gzip", "zstd"]:
    for page in ["1.0", "2.0"]:
        write(f"visits-{codec}-v{page[0]}", visits(300), compression=codec, data_page_version=page, row_group_size=128)

plain = {"use_dictionary": False, "compression": "none"}
write("visits-delta", visits(300), column_encoding={
    "id": "DELTA_BINARY_PACKED", "who": "DELTA_LENGTH_BYTE_ARRAY", "at": "DELTA_BINARY_PACKED", "new": "RLE",
    "paid": "PLAIN",
}, **plain)
write("visits-split", visits(300), column_encoding={"id": "BYTE_STREAM_SPLIT", "at": "BYTE_STREAM_SPLIT"}, **plain)
write("visits-prefixes", visits(300), column_encoding={"who": "DELTA_BYTE_ARRAY"}, **plain)
write("visits-lz4", visits(300), compression="lz4")
write("visits-empty", visits(0))
write("visits-pages", visits(700), data_page_size=256, write_batch_size=16, dictionary_pagesize_limit=64)

canary = visits(300, {"who": pa.array(["canary-7@example.com"] * 300, pa.string()),
                      "id": pa.array([1] * 300, pa.int64())})
write("visits-canary", canary)
write("visits-types", visits(300, {"id": pa.array([str(n) for n in range(300)], pa.string())}))
write("visits-nested", visits(300, {"who": pa.array([["a"]] * 300, pa.list_(pa.string()))}))
write("visits-lacks", visits(300).drop_columns(["at"]))
write("visits-further", visits(300, {"further": pa.array([{"x": [1]}] * 300)}))

kinds = pa.table({
    "tiny": pa.array([-1, None, 127], pa.int8()),
    "natural": pa.array([2**32 - 1, None, 0], pa.uint32()),
    "huge": pa.array([2**64 - 1, None, 1], pa.uint64()),
    "single": pa.array([0.5, None, float("nan")], pa.float32()),
    "double": pa.array([0.1, None, float("inf")], pa.float64()),
    "half": pa.array([1.5, None, 2.0]).cast(pa.float16()),
    "day": pa.array([datetime.date(1969, 12, 31), None, datetime.date(2026, 1, 2)], pa.date32()),
    "moment": pa.array([datetime.datetime(1969, 12, 31, 23, 59, 59, 5000), None, datetime.datetime(2026, 1, 2)],
                       pa.timestamp("ms")),
    "nano": pa.array([1, None, -1], pa.timestamp("ns", tz="UTC")),
    "time": pa.array([datetime.time(1, 2, 3), None, datetime.time(0)], pa.time64("us")),
    "price": pa.array([decimal.Decimal("-0.05"), None, decimal.Decimal("99999999999999999999.99")], pa.decimal128(22, 2)),
    "count": pa.array([decimal.Decimal("12345678901234567890123456789"), None, decimal.Decimal(7)], pa.decimal128(29, 0)),
    "text": pa.array(["ä", None, ""], pa.string()),
    "bytes": pa.array([b"\x00\xff", None, b""], pa.binary()),
    "fixed": pa.array([b"abcd", None, b"efgh"], pa.binary(4)),
    "uuid": pa.array([bytes(range(16)), None, bytes(16)], pa.uuid()),
    "nothing": pa.array([None, None, None], pa.null()),
    "truth": pa.array([True, None, False], pa.bool_()),
})
write("kinds", kinds, store_schema=False)
write("kinds-int96", kinds.select(["tiny", "moment"]), use_deprecated_int96_timestamps=True, store_schema=False)
