//! CSV, row by row, from bytes that are cut anywhere. The parser is `csv-core`'s; this keeps its buffers.

use super::CheckError;
use csv_core::{ReadRecordResult, Reader};

/// Longest row, in bytes.
const ROW_LIMIT: usize = 16 * 1024 * 1024;

/// Fields of one row, or why there is none.
pub(super) type Row = Result<Vec<String>, CheckError>;

/// An incremental reader.
pub(super) struct Rows {
    reader: Reader,
    text: Vec<u8>,
    written: usize,
    ends: Vec<usize>,
    ended: usize,
    width: Option<usize>,
    ordinal: u64,
    /// Inside a quoted field: bytes seen, for a quote that is never closed.
    quotes: bool,
}

impl Default for Rows {
    fn default() -> Self {
        Self {
            reader: Reader::new(),
            text: vec![0; 4096],
            written: 0,
            ends: vec![0; 64],
            ended: 0,
            width: None,
            ordinal: 0,
            quotes: false,
        }
    }
}

impl Rows {
    /// Reads what is whole in the next bytes.
    pub(super) fn push(&mut self, chunk: &[u8], into: &mut Vec<Row>) {
        // An odd number of quotes so far means that the text ends inside a quoted field.
        self.quotes ^= chunk.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
        self.feed(chunk, false, into);
    }

    /// Reads the rest.
    pub(super) fn finish(mut self, into: &mut Vec<Row>) {
        if self.quotes {
            into.push(Err(CheckError::Malformed { row: self.ordinal, reason: "a quoted field is never closed" }));
            return;
        }
        self.feed(&[], true, into);
    }

    fn feed(&mut self, mut input: &[u8], last: bool, into: &mut Vec<Row>) {
        // An empty input means the end to the parser.
        while last || !input.is_empty() {
            let text = self.text.get_mut(self.written..).unwrap_or_default();
            let ends = self.ends.get_mut(self.ended..).unwrap_or_default();
            let (result, read, written, ended) = self.reader.read_record(input, text, ends);
            input = input.get(read..).unwrap_or_default();
            self.written = self.written.saturating_add(written);
            self.ended = self.ended.saturating_add(ended);
            match result {
                ReadRecordResult::InputEmpty => {
                    if !last {
                        return;
                    }
                }
                ReadRecordResult::OutputFull => {
                    if self.text.len() >= ROW_LIMIT {
                        into.push(Err(CheckError::Malformed { row: self.ordinal, reason: "over 16 MiB" }));
                        return;
                    }
                    self.text.resize(self.text.len().saturating_mul(2), 0);
                }
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len().saturating_mul(2), 0),
                ReadRecordResult::Record => {
                    let row = self.take();
                    let broken = row.is_err();
                    into.push(row);
                    if broken {
                        return;
                    }
                }
                ReadRecordResult::End => return,
            }
        }
    }

    fn take(&mut self) -> Row {
        let row = self.ordinal;
        let malformed = |reason| CheckError::Malformed { row, reason };
        let mut fields = Vec::with_capacity(self.ended);
        let mut from = 0;
        for end in self.ends.get(..self.ended).unwrap_or_default() {
            let bytes = self.text.get(from..*end).unwrap_or_default();
            fields.push(std::str::from_utf8(bytes).map_err(|_| malformed("no UTF-8"))?.to_owned());
            from = *end;
        }
        if *self.width.get_or_insert(fields.len()) != fields.len() {
            return Err(malformed("another number of fields than the header"));
        }
        (self.written, self.ended) = (0, 0);
        self.ordinal = self.ordinal.saturating_add(1);
        Ok(fields)
    }
}
