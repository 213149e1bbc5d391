//! Parquet (crate `parquet`): a row for each article; of its columns those alone are read that are named like a field.

use super::fields::{Field, Fields};
use super::{Found, LARGEST, ReadError, Stop, unpack};
use crate::corpus::place::Source;
use crate::text::decode;
use jiff::Timestamp;
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ParquetStatisticsPolicy, RowGroupMetaData};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::serialized_reader::ReadOptionsBuilder;
use parquet::schema::types::{ColumnDescriptor, SchemaDescriptor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::fs::File;
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

/// Where the rows are.
pub(super) fn list(source: &Source, found: &mut Found) -> Result<(), Stop> {
    let rows = Rows::open(source)?;
    (0..rows.count).try_for_each(|row| found.piece(row, 1))
}

/// The rows of a file, read one after another. One page of each column is unpacked at a time, whatever the size of the file.
pub(super) struct Rows {
    file: SerializedFileReader<File>,
    /// How many there are.
    count: u64,
    /// Which columns are read.
    columns: Vec<usize>,
    group: Option<Group>,
}

/// A group of rows that is open.
struct Group {
    /// Which of the file's they are.
    rows: Range<u64>,
    /// The one that comes next.
    next: u64,
    columns: Vec<(String, Column)>,
}

/// Passes over some rows of a column and answers what the next one has there.
type Column = Box<dyn FnMut(usize) -> Result<Value, ParquetError>>;

impl Rows {
    /// Opens a file. What it says of itself at its end is held against its size.
    pub(super) fn open(source: &Source) -> Result<Self, ReadError> {
        let open = unpack::regular(&source.file)?;
        let length = open.metadata()?.len();
        // Nothing is asked of statistics, so that damage in them is none.
        let options = ReadOptionsBuilder::new().with_column_stats_policy(ParquetStatisticsPolicy::SkipAll).build();
        let file = sound(|| SerializedFileReader::new_with_options(open, options))?;
        let schema = file.metadata().file_metadata().schema_descr();
        let columns = columns(schema, &source.fields);
        if !columns.iter().any(|&at| is_text(&schema.column(at), &source.fields)) {
            return Err(ReadError::Fields("column"));
        }
        let groups = file.metadata().row_groups();
        if !groups.iter().all(|group| is_sound(group, &columns, length)) {
            return Err(ReadError::Syntax("Parquet", String::from("what its end says of its groups of rows does not fit the file")));
        }
        let count = groups.iter().map(|group| group.num_rows().unsigned_abs()).sum();
        // Rows that are all the same need next to no room; articles need some.
        if count > length {
            return Err(ReadError::Syntax("Parquet", format!("it should have {count} rows, which is more than its bytes")));
        }
        Ok(Rows { file, count, columns, group: None })
    }

    /// A row, as an object of JSON.
    pub(super) fn row(&mut self, number: u64) -> Result<Vec<u8>, ReadError> {
        let record = sound(|| self.record(number))?;
        let bytes = serde_json::to_vec(&record).map_err(|error| ReadError::Syntax("Parquet", error.to_string()))?;
        if bytes.len() as u64 > LARGEST { Err(ReadError::Large(bytes.len() as u64)) } else { Ok(bytes) }
    }

    /// The values of a row. After trouble its group is closed: what is still good in it is come to anew.
    fn record(&mut self, number: u64) -> Result<Map<String, Value>, ParquetError> {
        let mut group = match self.group.take() {
            Some(group) if group.rows.contains(&number) && group.next <= number => group,
            _ => self.open_group(number)?,
        };
        let passed = usize::try_from(number - group.next)?;
        let values = group.columns.iter_mut().map(|(name, next)| Ok((name.clone(), next(passed)?)));
        let record = values.collect::<Result<_, ParquetError>>()?;
        group.next = number + 1;
        self.group = Some(group);
        Ok(record)
    }

    /// Opens the group that has a row.
    fn open_group(&self, number: u64) -> Result<Group, ParquetError> {
        let mut first = 0;
        for (at, group) in self.file.metadata().row_groups().iter().enumerate() {
            let rows = first..first + group.num_rows().unsigned_abs();
            if rows.contains(&number) {
                let reader = self.file.get_row_group(at)?;
                let columns = self.columns.iter().map(|&at| {
                    let described = group.column(at).column_descr();
                    Ok((described.name().to_string(), column(reader.get_column_reader(at)?, described)))
                });
                return Ok(Group { next: rows.start, rows, columns: columns.collect::<Result<_, ParquetError>>()? });
            }
            first = rows.end;
        }
        Err(ParquetError::EOF(String::from("there is no such row")))
    }
}

/// The columns that are named like a field and have a value of their own in each row: nested ones have none. Fields are words, days or
/// numbers that are whole.
fn columns(schema: &SchemaDescriptor, fields: &Fields) -> Vec<usize> {
    let is_field = |name: &str| Field::ALL.iter().any(|field| fields.is(*field, name));
    let is_read = |column: &ColumnDescriptor| {
        let is_plain = column.path().parts().len() == 1 && column.max_rep_level() == 0;
        is_plain && matches!(column.physical_type(), Type::BYTE_ARRAY | Type::INT32 | Type::INT64 | Type::INT96)
    };
    (0..schema.num_columns()).filter(|at| is_read(&schema.column(*at)) && is_field(schema.column(*at).name())).collect()
}

fn is_text(column: &ColumnDescriptor, fields: &Fields) -> bool {
    column.physical_type() == Type::BYTE_ARRAY && fields.is(Field::Text, column.name())
}

/// Whether what is said of a group of rows can be so, in a file of this length. The crate takes it for true.
fn is_sound(group: &RowGroupMetaData, columns: &[usize], length: u64) -> bool {
    columns.iter().all(|&at| {
        let Some(column) = group.columns().get(at) else { return false };
        let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
        let end =
            u64::try_from(start).ok().zip(u64::try_from(column.compressed_size()).ok()).and_then(|(start, size)| start.checked_add(size));
        end.is_some_and(|end| end <= length) && group.num_rows() >= 0 && column.num_values() == group.num_rows()
    })
}

// --- What stands in a column ----------------------------------------------------------------------------------------

/// A column from its first row on.
fn column(reader: ColumnReader, described: &ColumnDescriptor) -> Column {
    let number = number(described);
    match reader {
        ColumnReader::ByteArrayColumnReader(reader) => values(reader, |bytes| text(bytes.data())),
        ColumnReader::Int32ColumnReader(reader) => values(reader, move |value| number(value.into())),
        ColumnReader::Int64ColumnReader(reader) => values(reader, number),
        ColumnReader::Int96ColumnReader(reader) => values(reader, |moment| stamp(Timestamp::from_millisecond(moment.to_millis()))),
        _ => Box::new(|_| Ok(Value::Null)),
    }
}

fn values<T: DataType>(mut reader: ColumnReaderImpl<T>, told: impl Fn(T::T) -> Value + 'static) -> Column {
    Box::new(move |passed| {
        let (mut levels, mut values) = (Vec::new(), Vec::new());
        let skipped = reader.skip_records(passed)?;
        let (read, ..) = reader.read_records(1, Some(&mut levels), None, &mut values)?;
        if skipped < passed || read == 0 {
            return Err(ParquetError::EOF(String::from("a column ends before its rows do")));
        }
        Ok(values.pop().map_or(Value::Null, &told))
    })
}

/// Words, of whatever encoding; older programs do not say that a column has them.
fn text(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) if decode::is_binary(bytes) => Value::Null,
        Err(_) => decode::decode(bytes).text.into(),
    }
}

/// What the whole numbers of a column say: days, moments, or no more than themselves.
fn number(column: &ColumnDescriptor) -> Box<dyn Fn(i64) -> Value> {
    let unit = match column.logical_type_ref() {
        Some(LogicalType::Timestamp(moment)) => Some(moment.unit),
        _ => None,
    };
    match (column.converted_type(), unit) {
        (ConvertedType::DATE, _) => Box::new(|days| stamp(Timestamp::from_second(days.saturating_mul(24 * 60 * 60)))),
        (ConvertedType::TIMESTAMP_MILLIS, _) | (_, Some(TimeUnit::MILLIS)) => Box::new(|n| stamp(Timestamp::from_millisecond(n))),
        (ConvertedType::TIMESTAMP_MICROS, _) | (_, Some(TimeUnit::MICROS)) => Box::new(|n| stamp(Timestamp::from_microsecond(n))),
        (_, Some(TimeUnit::NANOS)) => Box::new(|n| stamp(Timestamp::from_nanosecond(n.into()))),
        _ => Box::new(Value::from),
    }
}

/// A moment as a stamp; nothing where it lies beyond all calendars.
fn stamp(moment: Result<Timestamp, jiff::Error>) -> Value {
    moment.map_or(Value::Null, |moment| moment.to_string().into())
}

// --- What is damaged ------------------------------------------------------------------------------------------------

thread_local! {
    /// Whether this thread reads what may be damaged.
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Reads what may be damaged. Some damage makes the crate panic, which is told like any other.
fn sound<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ReadError> {
    keep_quiet();
    READING.set(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    READING.set(false);
    let damaged = || ParquetError::General(String::from("it is damaged"));
    read.unwrap_or_else(|_| Err(damaged())).map_err(|error| ReadError::Syntax("Parquet", told(error)))
}

/// Panics that are caught here are nothing that the program, or the terminal, has to be ended for.
fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !READING.get() {
                hook(panic);
            }
        }));
    });
}

/// What the crate says, in one line.
fn told(error: ParquetError) -> String {
    let told = match error {
        ParquetError::General(told) | ParquetError::NYI(told) | ParquetError::EOF(told) => told,
        ParquetError::External(error) => error.to_string(),
        other => other.to_string(),
    };
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
