//! The bytes of an index file.
//!
//! | part | what |
//! |---|---|
//! | prelude | a magic number, the version of the index, the length of the header in bytes, the checksum of the header |
//! | header | the deck without its questions, and columns: what can be shown and searched of each question, and where its record is |
//! | records | the rest of each question, one after the other, each with a checksum in the header |
//!
//! So a question can be read alone, with its row of the columns and one read at a position of the file. Numbers of the
//! prelude are little-endian; header and records are in the format of postcard.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use super::fingerprint::Fingerprint;
use crate::domain::deck::{Deck, QuestionSpan};
use crate::domain::question::{Answer, Question, WrongOption};

/// Identifies an index file.
const MAGIC: &[u8; 8] = b"Lnchdeck";
/// The magic number, the version, the length of the header and its checksum.
const PRELUDE_LEN: usize = MAGIC.len() + size_of::<u128>() + size_of::<u64>() + size_of::<u128>();

/// A deck, and the file that it was read from.
#[derive(Debug)]
pub(super) struct IndexEntry {
    /// The canonical path of the deck file.
    pub(super) canonical: String,
    /// The path that it was found under, for folders that do not exist at the moment.
    pub(super) path: String,
    pub(super) fingerprint: Fingerprint,
    pub(super) deck: Deck,
}

#[derive(Serialize, Deserialize)]
struct Header<'d> {
    canonical: Cow<'d, str>,
    path: Cow<'d, str>,
    fingerprint: Fingerprint,
    /// Without its questions and their spans.
    deck: Deck,
    columns: QuestionIndex<'d>,
}

/// Every column has an entry for each question, in the order of the deck.
#[derive(Default, Serialize, Deserialize)]
struct QuestionIndex<'d> {
    ids: Vec<Arc<str>>,
    /// The position of the topic among those of the deck.
    topics: Vec<usize>,
    prompts: Vec<Cow<'d, str>>,
    spans: Vec<QuestionSpan>,
    /// Where the record ends, in bytes from the end of the header. It begins where the one before it ends.
    record_ends: Vec<usize>,
    record_checksums: Vec<u64>,
}

/// What the columns do not hold of a question.
#[derive(Serialize, Deserialize)]
struct Record<'q> {
    id_is_written: bool,
    answer: Cow<'q, Answer>,
    hint: Option<Cow<'q, str>>,
    explain: Option<Cow<'q, str>>,
    cite: Cow<'q, [String]>,
    tags: Cow<'q, [String]>,
    image: Option<Cow<'q, str>>,
    typed: Cow<'q, [String]>,
    formerly: Cow<'q, [String]>,
    confusable: Cow<'q, [WrongOption]>,
}

/// The bytes of an index file. `version` is that of the index; the others are the fields of an [`IndexEntry`].
///
/// # Errors
/// None is known: what a deck holds can be serialised.
pub(super) fn encode(
    version: u128,
    canonical: &str,
    path: &str,
    fingerprint: Fingerprint,
    deck: &Deck,
) -> Result<Vec<u8>, postcard::Error> {
    let mut columns = QuestionIndex { spans: deck.spans.clone(), ..QuestionIndex::default() };
    let mut records = Vec::new();
    for question in deck.questions.iter() {
        let begin = records.len();
        records = postcard::to_extend(&Record::of(question), records)?;
        columns.ids.push(question.id.clone());
        // A deck without errors has the topics of all its questions.
        columns.topics.push(deck.topics.get_index_of(&question.topic).unwrap_or(usize::MAX));
        columns.prompts.push(question.prompt.as_str().into());
        columns.record_ends.push(records.len());
        columns.record_checksums.push(record_checksum(&records[begin..]));
    }
    let header = Header {
        canonical: canonical.into(),
        path: path.into(),
        fingerprint,
        deck: deck.clone().with_questions(Vec::new(), Vec::new()),
        columns,
    };
    let mut bytes = postcard::to_extend(&header, vec![0; PRELUDE_LEN])?;
    let prelude = [
        MAGIC.as_slice(),
        &version.to_le_bytes(),
        &((bytes.len() - PRELUDE_LEN) as u64).to_le_bytes(),
        &XxHash3_128::oneshot(&bytes[PRELUDE_LEN..]).to_le_bytes(),
    ];
    bytes[..PRELUDE_LEN].copy_from_slice(&prelude.concat());
    bytes.append(&mut records);
    Ok(bytes)
}

/// Reads an index file with all its questions. `None` if it is damaged or has another version.
pub(super) fn decode(bytes: &[u8], version: u128) -> Option<IndexEntry> {
    let (header, records) = read_header(bytes, version)?;
    let Header { canonical, path, fingerprint, deck, columns } = header;
    let QuestionIndex { ids, topics, prompts, spans, record_ends, record_checksums } = columns;
    let count = ids.len();
    let lengths = [topics.len(), prompts.len(), record_ends.len(), record_checksums.len()];
    if lengths.iter().any(|length| *length != count) {
        return None;
    }
    let mut questions = Vec::with_capacity(count);
    let mut begin = 0;
    for (at, (id, prompt)) in ids.into_iter().zip(prompts).enumerate() {
        let record = read_record(records, begin..record_ends[at], record_checksums[at])?;
        questions.push(Arc::new(record.into_question(id, prompt, topics[at], &deck.topics)?));
        begin = record_ends[at];
    }
    let deck = deck.with_questions(questions, spans);
    Some(IndexEntry { canonical: canonical.into_owned(), path: path.into_owned(), fingerprint, deck })
}

/// The header of an index file, and the bytes of its records.
fn read_header(bytes: &[u8], version: u128) -> Option<(Header<'static>, &[u8])> {
    let rest = bytes.strip_prefix(MAGIC)?.strip_prefix(&version.to_le_bytes())?;
    let (length, rest) = rest.split_first_chunk::<{ size_of::<u64>() }>()?;
    let (checksum, rest) = rest.split_first_chunk::<{ size_of::<u128>() }>()?;
    let (header, records) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    let is_sound = XxHash3_128::oneshot(header).to_le_bytes() == *checksum;
    Some((postcard::from_bytes(header).ok().filter(|_| is_sound)?, records))
}

fn read_record(records: &[u8], range: Range<usize>, checksum: u64) -> Option<Record<'static>> {
    let record = records.get(range)?;
    if record_checksum(record) == checksum { postcard::from_bytes(record).ok() } else { None }
}

fn record_checksum(record: &[u8]) -> u64 {
    XxHash3_128::oneshot(record) as u64
}

impl<'q> Record<'q> {
    fn of(question: &'q Question) -> Self {
        let Question {
            id: _,
            topic: _,
            prompt: _,
            id_is_written,
            answer,
            hint,
            explain,
            cite,
            tags,
            image,
            typed,
            formerly,
            confusable,
        } = question;
        Self {
            id_is_written: *id_is_written,
            answer: Cow::Borrowed(answer),
            hint: hint.as_deref().map(Cow::from),
            explain: explain.as_deref().map(Cow::from),
            cite: cite.into(),
            tags: tags.into(),
            image: image.as_deref().map(Cow::from),
            typed: typed.into(),
            formerly: formerly.into(),
            confusable: confusable.into(),
        }
    }

    /// The question, with its row of the columns.
    fn into_question(
        self,
        id: Arc<str>,
        prompt: Cow<'_, str>,
        topic: usize,
        topics: &IndexMap<String, String>,
    ) -> Option<Question> {
        Some(Question {
            id,
            id_is_written: self.id_is_written,
            topic: topics.get_index(topic)?.0.clone(),
            prompt: prompt.into_owned(),
            answer: self.answer.into_owned(),
            hint: self.hint.map(Cow::into_owned),
            explain: self.explain.map(Cow::into_owned),
            cite: self.cite.into_owned(),
            tags: self.tags.into_owned(),
            image: self.image.map(Cow::into_owned),
            typed: self.typed.into_owned(),
            formerly: self.formerly.into_owned(),
            confusable: self.confusable.into_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::ron_deck;
    use crate::library::SHIPPED;
    use crate::library::fingerprint::TextHash;

    #[test]
    fn one_question_is_read_with_its_row_and_its_record_alone() {
        let (_, text) = SHIPPED[0];
        let deck = ron_deck::parse(text).deck.expect("a deck");
        let bytes = encode(7, "/decks/a.ron", "a.ron", Fingerprint::of_text(TextHash::of(text)), &deck);
        let bytes = bytes.expect("encoded");
        let (header, records) = read_header(&bytes, 7).expect("a header");
        let QuestionIndex { ids, topics, prompts, spans, record_ends, record_checksums } = header.columns;
        assert_eq!(spans, deck.spans);
        for (at, question) in deck.questions.iter().enumerate() {
            let range = at.checked_sub(1).map_or(0, |before| record_ends[before])..record_ends[at];
            // As it comes from a read at this position.
            let alone = records[range].to_vec();
            let record = read_record(&alone, 0..alone.len(), record_checksums[at]).expect("a record");
            let read = record.into_question(ids[at].clone(), prompts[at].clone(), topics[at], &deck.topics);
            assert_eq!(read.as_ref(), Some(&**question));
        }
        assert!(read_header(&bytes, 8).is_none(), "another version");
    }
}
