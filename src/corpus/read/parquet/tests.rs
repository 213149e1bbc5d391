//! Parquet that the tests write themselves: whole, in every packing, and damaged at every byte.

use crate::corpus::read::{Field, Fields};
use crate::corpus::scan::{Scan, scan};
use crate::corpus::{self, Article, Cursor, Entry, Place, Skipped};
use jiff::civil::date;
use parquet::basic::{BrotliLevel, Compression, GzipLevel, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use std::fs;
use std::sync::Arc;
use tempfile::TempDir;

const SCHEMA: &str = "message articles {
    optional binary title (UTF8);
    required binary text (UTF8);
    optional int32 date (DATE);
    optional group authors (LIST) { repeated group list { optional binary element (UTF8); } }
    optional binary source;
    required double score;
    optional boolean paid;
}";

/// Of all ways to damage a file every so many are tried; all of them take minutes.
const STEP: usize = 61;

/// How a table is written.
#[derive(Clone, Copy)]
struct Form {
    packing: Compression,
    /// Whether texts that are the same are written once.
    dictionary: bool,
    version: WriterVersion,
    /// Rows of a group, and of a page of a column.
    rows: [usize; 2],
}

const FORM: Form = Form { packing: Compression::SNAPPY, dictionary: true, version: WriterVersion::PARQUET_1_0, rows: [4, 2] };

fn title(row: usize) -> Option<String> {
    (row % 3 != 1).then(|| format!("Pact {row}"))
}

fn text(row: usize) -> String {
    format!("Town {row} signed a pact with the other town on the lake.")
}

/// A table of so many articles.
fn table(articles: usize, form: Form) -> Vec<u8> {
    let properties = WriterProperties::builder()
        .set_compression(form.packing)
        .set_dictionary_enabled(form.dictionary)
        .set_writer_version(form.version)
        .set_data_page_row_count_limit(form.rows[1])
        .set_write_batch_size(1)
        .build();
    let mut bytes = Vec::new();
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let mut file = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties)).unwrap();
    let all: Vec<usize> = (0..articles).collect();
    for rows in all.chunks(form.rows[0]) {
        let mut group = file.next_row_group().unwrap();
        let words = |told: Vec<String>| told.iter().map(|told| ByteArray::from(told.as_str())).collect::<Vec<_>>();
        let there = |is_there: &dyn Fn(usize) -> bool| rows.iter().map(|row| i16::from(is_there(*row))).collect::<Vec<_>>();
        for at in 0.. {
            let Some(mut column) = group.next_column().unwrap() else { break };
            let written = match at {
                0 => {
                    let titles = words(rows.iter().filter_map(|row| title(*row)).collect());
                    column.typed::<ByteArrayType>().write_batch(&titles, Some(&there(&|row| title(row).is_some())), None)
                }
                1 => column.typed::<ByteArrayType>().write_batch(&words(rows.iter().map(|row| text(*row)).collect()), None, None),
                2 => {
                    let days: Vec<i32> = rows.iter().map(|row| 22_345 + i32::try_from(*row).unwrap()).collect();
                    column.typed::<Int32Type>().write_batch(&days, Some(&there(&|_| true)), None)
                }
                3 => column.typed::<ByteArrayType>().write_batch(&[], Some(&there(&|_| false)), Some(&there(&|_| false))),
                4 => {
                    let outlets = words(rows.iter().map(|_| String::from("The Gazette")).collect());
                    column.typed::<ByteArrayType>().write_batch(&outlets, Some(&there(&|_| true)), None)
                }
                5 => column.typed::<DoubleType>().write_batch(&vec![0.5; rows.len()], None, None),
                _ => column.typed::<BoolType>().write_batch(&[], Some(&there(&|_| false)), None),
            };
            written.unwrap();
            column.close().unwrap();
        }
        group.close().unwrap();
    }
    file.close().unwrap();
    bytes
}

/// A folder with one file.
struct Corpus(TempDir);

impl Corpus {
    fn new(name: &str, bytes: &[u8]) -> Self {
        let corpus = Corpus(TempDir::new().unwrap());
        fs::write(corpus.0.path().join(name), bytes).unwrap();
        corpus
    }

    fn list(&self, fields: Fields) -> (Vec<Entry>, Vec<Skipped>) {
        let (mut entries, mut skipped) = (Vec::new(), Vec::new());
        scan(&[self.0.path().to_path_buf()], &Scan { fields, ..Scan::default() }, |batch| {
            entries.extend(batch.entries);
            skipped.extend(batch.skipped);
            true
        });
        (entries, skipped)
    }

    /// Every article, and the sentences on what was passed over.
    fn read(&self) -> (Vec<Article>, Vec<String>) {
        let (entries, skipped) = self.list(Fields::default());
        let read = corpus::open_all(&entries, &mut Cursor::default(), |_, read| read);
        let mut told: Vec<String> = skipped.into_iter().map(|skipped| skipped.why).collect();
        let articles = read.into_iter().filter_map(|read| read.map_err(|error| told.push(error.to_string())).ok()).collect();
        (articles, told)
    }
}

fn expected(row: usize) -> String {
    title(row).into_iter().chain([text(row)]).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn a_row_is_an_article_however_the_table_is_packed() {
    let packings = [
        Compression::UNCOMPRESSED,
        Compression::SNAPPY,
        Compression::GZIP(GzipLevel::default()),
        Compression::ZSTD(ZstdLevel::default()),
        Compression::BROTLI(BrotliLevel::default()),
        Compression::LZ4_RAW,
    ];
    for packing in packings {
        for (dictionary, version) in [(true, WriterVersion::PARQUET_1_0), (false, WriterVersion::PARQUET_2_0)] {
            let corpus = Corpus::new("a.parquet", &table(11, Form { packing, dictionary, version, ..FORM }));
            let (articles, told) = corpus.read();
            assert_eq!(told, Vec::<String>::new(), "{packing:?}");
            let texts: Vec<&str> = articles.iter().map(|article| article.text.as_str()).collect();
            assert_eq!(texts, (0..11).map(expected).collect::<Vec<_>>(), "{packing:?}");
            assert!(articles[10].id.ends_with("a.parquet#11"), "{}", articles[10].id);
            assert_eq!((articles[3].date, articles[3].outlet.as_deref()), (Some(date(2031, 3, 10)), Some("The Gazette")));
        }
    }
}

#[test]
fn rows_are_gone_to_in_any_order() {
    let corpus = Corpus::new("a.parquet", &table(40, Form { rows: [16, 3], ..FORM }));
    let (entries, _) = corpus.list(Fields::default());
    let mut cursor = Cursor::default();
    for row in [39, 0, 7, 8, 9, 8, 31, 17, 39, 15, 16] {
        let read = corpus::open_all(&entries[row..=row], &mut cursor, |_, read| read.unwrap().text);
        assert_eq!(read, [expected(row)]);
        assert_eq!(corpus::open(&entries[row]).unwrap().text, expected(row));
    }
    assert_eq!(entries[6].number().map(|(_, number)| number), Some("7"));
    assert_eq!(entries[6].file(), None, "it is not for an editor");
}

#[test]
fn a_column_is_named_by_the_reader() {
    let corpus = Corpus::new("a.parquet", &table(2, FORM));
    let (entries, _) = corpus.list(Fields::new(vec![(Field::Text, String::from("source")), (Field::Id, String::from("title"))]));
    let article = corpus::open(&entries[0]).unwrap();
    assert_eq!((article.id.as_str(), article.text.as_str()), ("Pact 0", "Pact 0\n\nThe Gazette"));
}

/// A table of one row whose columns of whole numbers have one value.
fn numbers(schema: &str, value: i64) -> Vec<u8> {
    let mut bytes = Vec::new();
    let schema = Arc::new(parse_message_type(&format!("message m {{ required binary body; {schema} }}")).unwrap());
    let mut file = SerializedFileWriter::new(&mut bytes, schema, Arc::default()).unwrap();
    let mut group = file.next_row_group().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<ByteArrayType>().write_batch(&[ByteArray::from(b"Two caf\xe9s signed.".to_vec())], None, None).unwrap();
    column.close().unwrap();
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<Int64Type>().write_batch(&[value], None, None).unwrap();
    column.close().unwrap();
    group.close().unwrap();
    file.close().unwrap();
    bytes
}

#[test]
fn moments_become_days() {
    let table = [
        ("required int64 date (TIMESTAMP(MILLIS,true));", 1_930_651_200_123, Some(date(2031, 3, 7))),
        ("required int64 date (TIMESTAMP(MICROS,false));", 1_930_651_200_123_456, Some(date(2031, 3, 7))),
        ("required int64 date (TIMESTAMP(NANOS,true));", 1_930_651_200_123_456_789, Some(date(2031, 3, 7))),
        ("required int64 date (TIMESTAMP_MILLIS);", 1_930_651_200_123, Some(date(2031, 3, 7))),
        ("required int64 date;", 1_930_651_200, Some(date(2031, 3, 7))),
        ("required int64 date (TIMESTAMP(MILLIS,true));", i64::MAX, None),
    ];
    for (schema, value, day) in table {
        let (articles, told) = Corpus::new("a.parquet", &numbers(schema, value)).read();
        assert_eq!((articles[0].text.as_str(), articles[0].date, told), ("Two cafés signed.", day, vec![]), "{schema}");
    }
}

#[test]
fn what_is_no_table_of_articles_is_told_in_one_sentence() {
    let whole = table(3, FORM);
    let files: [(&str, Vec<u8>, &str); 6] = [
        ("a.parquet", b"PAR1".to_vec(), "it is no valid Parquet"),
        ("a.parquet", b"PAR1 and nothing else that would be a table".to_vec(), "it is no valid Parquet"),
        ("a.parquet", b"A text.".to_vec(), "it is no valid Parquet"),
        ("a.parquet", Vec::new(), "it is no valid Parquet"),
        ("a.pq", whole[..whole.len() / 2].to_vec(), "it is no valid Parquet"),
        (
            "a.parquet",
            whole.iter().map(|byte| if *byte == b'x' { b'y' } else { *byte }).collect(),
            "it has no column that is named like a text",
        ),
    ];
    for (name, bytes, wanted) in files {
        let (articles, told) = Corpus::new(name, &bytes).read();
        assert!(articles.is_empty() && told.len() == 1 && told[0].starts_with(wanted), "{told:?}");
    }
}

#[test]
fn a_table_inside_another_file_is_told_of() {
    let mut archive = tar::Builder::new(Vec::new());
    let whole = table(3, FORM);
    let mut header = tar::Header::new_gnu();
    header.set_size(whole.len() as u64);
    archive.append_data(&mut header, "a.parquet", &whole[..]).unwrap();
    let (articles, told) = Corpus::new("a.tar", &archive.into_inner().unwrap()).read();
    assert_eq!((articles.len(), told), (0, vec![String::from("it is Parquet inside another file, which is not opened")]));
}

/// Reads a file that is damaged, and counts the rows that can be read nevertheless. Whatever is told of it is one line.
fn damaged(corpus: &Corpus, bytes: &[u8]) -> usize {
    fs::write(corpus.0.path().join("a.parquet"), bytes).unwrap();
    let (entries, skipped) = corpus.list(Fields::default());
    let mut cursor = Cursor::default();
    let read = entries.iter().map(|entry| match &entry.place {
        Place::Piece(piece) => cursor.read(piece).map_err(|error| error.to_string()),
        _ => unreachable!("a table has rows"),
    });
    let (whole, mut told): (Vec<_>, Vec<_>) = read.partition(Result::is_ok);
    told.extend(skipped.into_iter().map(|skipped| Err(skipped.why)));
    let is_line = |told: &String| told.lines().count() == 1 && told.starts_with("it ");
    assert!(told.iter().all(|told| told.as_ref().is_err_and(is_line)), "{told:?}");
    whole.len()
}

#[test]
fn damage_costs_no_more_than_what_it_is_in() {
    let plain = Form { packing: Compression::UNCOMPRESSED, dictionary: false, version: WriterVersion::PARQUET_2_0, ..FORM };
    for form in [FORM, plain] {
        let (bytes, rows) = (table(9, form), 9);
        let corpus = Corpus::new("a.parquet", &bytes);
        let (mut read, mut tries) = (0, 0);
        for (at, bits) in (0..bytes.len()).flat_map(|at| [0x01, 0x80, 0xff].map(|bits| (at, bits))).step_by(STEP) {
            let mut damage = bytes.clone();
            damage[at] ^= bits;
            read += damaged(&corpus, &damage);
            tries += 1;
        }
        assert!(read * 10 > rows * tries * 7, "{read} rows of {} were read", rows * tries);
        let cut = (0..bytes.len()).step_by(STEP).map(|length| damaged(&corpus, &bytes[..length]));
        assert_eq!(cut.sum::<usize>(), 0);
    }
}
