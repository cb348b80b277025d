//! A block of the log: up to [`BLOCK_EVENTS`] events, column by column. Described in `docs/progress-format.md`.
//!
//! Each column is compressed for itself: what repeats costs nothing, what is random is not searched for repeats, and
//! decoding is one loop over numbers of one sort.

use twox_hash::XxHash3_128;
use zstd::bulk::{Compressor, Decompressor};

use super::event_bytes::{self, DUE_ON_A_DAY, PackedEvent, RowError, StoredReview, kind};
use crate::domain::day::{Stamp, StudyDay};
use crate::domain::event::{Change, EventId};

/// How many events are sealed into one block.
pub(super) const BLOCK_EVENTS: usize = 4096;

const COLUMN_LEVEL: i32 = 3;
const ANSWER_LEVEL: i32 = 9;

/// The events of one log in a block: log id, least and greatest sequence number.
pub(super) type LogRange = (u64, u64, u64);

/// A block as it is in the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub header: BlockHeader,
    pub cards: Vec<u8>,
    pub columns: Vec<u8>,
    pub answers: Vec<u8>,
}

/// What can be read of a block without reading its events.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BlockHeader {
    /// The position of the first event.
    pub first: u64,
    pub count: u32,
    pub ranges: Vec<LogRange>,
    /// The greatest order stamp.
    pub last_order_ms: i64,
    /// Checksums of the parts, each with the header.
    pub sums: [u128; 3],
}

/// The parts of a block, which are read apart from each other. Their order is that of [`BlockHeader::sums`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    Cards,
    Columns,
    Answers,
}

impl BlockHeader {
    /// Fails if a part is not as it was written.
    pub fn verify(&self, part: Part, bytes: &[u8]) -> Result<(), RowError> {
        match self.sums[part as usize] == self.sum(part, bytes) {
            true => Ok(()),
            false => Err(self.invalid("is not as it was written")),
        }
    }

    fn sum(&self, part: Part, bytes: &[u8]) -> u128 {
        let mut hasher = XxHash3_128::new();
        for number in [part as u64, self.first, self.count.into(), self.last_order_ms.cast_unsigned()] {
            hasher.write(&number.to_le_bytes());
        }
        hasher.write(&write_ranges(&self.ranges));
        hasher.write(bytes);
        hasher.finish_128()
    }

    /// The position after the last event.
    pub fn end(&self) -> u64 {
        self.first + u64::from(self.count)
    }

    /// Whether an event may be in it.
    pub fn may_contain(&self, id: EventId) -> bool {
        self.ranges.iter().any(|(log, from, to)| *log == id.log && (*from..=*to).contains(&id.seq))
    }

    pub fn invalid(&self, what: &str) -> RowError {
        RowError::Invalid(format!("block {} {what}", self.first))
    }
}

/// The ranges as bytes.
pub(super) fn write_ranges(ranges: &[LogRange]) -> Vec<u8> {
    ranges.iter().flat_map(|(log, from, to)| [*log, *from, *to]).flat_map(u64::to_le_bytes).collect()
}

/// What [`write_ranges`] wrote; `None` for any other length.
pub(super) fn read_ranges(bytes: &[u8]) -> Option<Vec<LogRange>> {
    let (ranges, []) = bytes.as_chunks::<24>() else { return None };
    let number = |range: &[u8; 24], at: usize| {
        let (numbers, _) = range.as_chunks::<8>();
        u64::from_le_bytes(numbers[at])
    };
    Some(ranges.iter().map(|range| (number(range, 0), number(range, 1), number(range, 2))).collect())
}

/// Writes events into a block that begins at a position.
pub(super) fn encode(first: u64, events: &[PackedEvent]) -> Result<Block, RowError> {
    let mut ranges: Vec<LogRange> = Vec::new();
    for EventId { log, seq } in events.iter().map(|event| event.id) {
        match ranges.iter_mut().find(|range| range.0 == log) {
            Some(range) => (range.1, range.2) = (range.1.min(seq), range.2.max(seq)),
            None => ranges.push((log, seq, seq)),
        }
    }
    let count = u32::try_from(events.len())
        .map_err(|_| RowError::Invalid("too many events for a block".to_owned()))?;
    let last_order_ms = events.iter().map(|event| event.order_ms).max().unwrap_or(i64::MIN);
    let cards: Vec<u8> = events.iter().flat_map(|event| event.card.to_le_bytes()).collect();
    let columns = encode_columns(events)?;
    let answers = encode_answers(events).map_err(compressing)?;
    let mut header = BlockHeader { first, count, ranges, last_order_ms, sums: [0; 3] };
    header.sums = [
        header.sum(Part::Cards, &cards),
        header.sum(Part::Columns, &columns),
        header.sum(Part::Answers, &answers),
    ];
    Ok(Block { header, cards, columns, answers })
}

fn compressing(error: std::io::Error) -> RowError {
    RowError::Sql(rusqlite::Error::ToSqlConversionFailure(error.into()))
}

fn encode_columns(events: &[PackedEvent]) -> Result<Vec<u8>, RowError> {
    let rests: Vec<(Option<StoredReview>, &[u8])> = events
        .iter()
        .map(|event| match event.kind {
            kind::ANSWER => StoredReview::split(&event.rest)
                .map(|(fields, rest)| (Some(fields), rest))
                .ok_or_else(|| RowError::Invalid("an answer is too short".to_owned())),
            _ => Ok((None, &*event.rest)),
        })
        .collect::<Result<_, _>>()?;
    let all = |number: &dyn Fn(&PackedEvent) -> i64| events.iter().map(number).collect::<Vec<i64>>();
    let answers = |number: &dyn Fn(&StoredReview, &PackedEvent) -> u64| {
        let fields = rests.iter().zip(events);
        fields.filter_map(|((fields, _), event)| Some(number(fields.as_ref()?, event))).collect::<Vec<u64>>()
    };
    let columns = [
        dictionary(&events.iter().map(|event| event.id.log).collect::<Vec<_>>()),
        planes(&deltas(&all(&|event| event.id.seq.cast_signed()))),
        planes(&deltas(&all(&|event| event.order_ms))),
        planes(
            &all(&|event| event.stamp.utc_ms.wrapping_sub(event.order_ms))
                .into_iter()
                .map(zigzag)
                .collect::<Vec<_>>(),
        ),
        planes(&deltas(&all(&|event| i64::from(event.stamp.offset_minutes)))),
        planes(&deltas(&all(&|event| i64::from(event.stamp.day.0)))),
        planes(&events.iter().map(|event| u64::from(event.kind)).collect::<Vec<_>>()),
        planes(&rests.iter().map(|(_, rest)| rest.len() as u64).collect::<Vec<_>>()),
        rests.iter().flat_map(|(_, rest)| rest.iter().copied()).collect(),
        planes(&answers(&|it, _| it.source.into())),
        planes(&answers(&|it, _| it.question_kind.into())),
        planes(&answers(&|it, _| it.flags.into())),
        planes(&answers(&|it, _| it.confidence.into())),
        planes(&answers(&|it, _| it.proposed.into())),
        planes(&answers(&|it, _| it.rating.into())),
        planes(&answers(&|it, _| it.mapping.into())),
        dictionary(&answers(&|it, _| it.score)),
        dictionary(&answers(&|it, _| it.blind_chance)),
        planes(&answers(&|it, _| it.latency_ms.into())),
        planes(&answers(&|it, event| zigzag(it.due.wrapping_sub(due_base(it.flags, event.stamp))))),
    ];
    write_frames(&columns, COLUMN_LEVEL).map_err(compressing)
}

/// What a due time or day is written relative to.
fn due_base(flags: u8, stamp: Stamp) -> i64 {
    if flags & DUE_ON_A_DAY == 0 { stamp.utc_ms } else { i64::from(stamp.day.0) }
}

/// Lengths (0 for nothing noted, else the length plus 1), and the bytes.
fn encode_answers(events: &[PackedEvent]) -> std::io::Result<Vec<u8>> {
    let answers = || events.iter().map(|event| event.answer.as_deref());
    let lengths = answers().map(|answer| answer.map_or(0, |text| text.len() as u64 + 1)).collect::<Vec<_>>();
    let bytes = answers().flatten().flatten().copied().collect();
    write_frames(&[planes(&lengths), bytes], ANSWER_LEVEL)
}

/// The number of columns, the compressed length of each, and the compressed columns.
fn write_frames(columns: &[Vec<u8>], level: i32) -> std::io::Result<Vec<u8>> {
    let mut compressor = Compressor::new(level)?;
    let frames =
        columns.iter().map(|column| compressor.compress(column)).collect::<std::io::Result<Vec<_>>>()?;
    let mut out = vec![u8::try_from(frames.len()).map_err(std::io::Error::other)?];
    for frame in &frames {
        out.extend(u32::try_from(frame.len()).map_err(std::io::Error::other)?.to_le_bytes());
    }
    frames.iter().for_each(|frame| out.extend(frame));
    Ok(out)
}

/// Differences, each to the number before it.
fn deltas(numbers: &[i64]) -> Vec<u64> {
    let mut before = 0;
    numbers
        .iter()
        .map(|number| zigzag(number.wrapping_sub(std::mem::replace(&mut before, *number))))
        .collect()
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

/// The bytes that each number needs, then the lowest byte of every number, then the next.
fn planes(numbers: &[u64]) -> Vec<u8> {
    let all = numbers.iter().fold(0, |all, number| all | number);
    let width = 8 - all.leading_zeros() as usize / 8;
    let mut out = vec![0; 1 + width * numbers.len()];
    out[0] = u8::try_from(width).unwrap_or(8);
    for (place, plane) in out[1..].chunks_exact_mut(numbers.len().max(1)).enumerate() {
        for (byte, number) in plane.iter_mut().zip(numbers) {
            *byte = number.to_le_bytes()[place];
        }
    }
    out
}

/// How many different numbers there are, these in the order in which they come, and the place of each number.
fn dictionary(numbers: &[u64]) -> Vec<u8> {
    let mut places = std::collections::HashMap::new();
    let mut values = Vec::new();
    let indices: Vec<u64> = numbers
        .iter()
        .map(|number| {
            *places.entry(*number).or_insert_with(|| {
                values.push(*number);
                values.len() as u64 - 1
            })
        })
        .collect();
    let mut out = (values.len() as u64).to_le_bytes().to_vec();
    out.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    out.extend(planes(&indices));
    out
}

/// Decodes blocks; it keeps its memory from one to the next.
pub(super) struct BlockReader {
    decompressor: Decompressor<'static>,
    buffer: Vec<u8>,
}

/// The columns of a block, to be taken event by event.
pub(super) struct Columns {
    logs: Vec<u64>,
    seqs: Vec<u64>,
    orders: Vec<u64>,
    times: Vec<u64>,
    offsets: Vec<u64>,
    days: Vec<u64>,
    kinds: Vec<u64>,
    rest_ends: Vec<usize>,
    rests: Vec<u8>,
    answers: [Vec<u64>; 11],
}

/// An event of a block, without its card.
pub(super) struct ColumnEvent<'a> {
    pub id: EventId,
    pub order_ms: i64,
    pub stamp: Stamp,
    pub kind: u8,
    pub answer: Option<StoredReview>,
    /// The rest, for an answer what follows its fields.
    pub rest: &'a [u8],
}

impl ColumnEvent<'_> {
    /// As [`event_bytes::decode`].
    pub fn change(&self) -> Result<Option<Change>, RowError> {
        match &self.answer {
            Some(fields) => Ok(fields.review().map(Change::Answer)),
            None => event_bytes::decode(self.kind, self.rest),
        }
    }
}

/// The frames of a part.
struct Frames<'a> {
    lengths: &'a [[u8; 4]],
    bytes: &'a [u8],
}

impl<'a> Frames<'a> {
    fn of(part: &'a [u8]) -> Option<Self> {
        let (count, part) = part.split_first()?;
        let (lengths, bytes) = part.split_at_checked(4 * usize::from(*count))?;
        Some(Self { lengths: lengths.as_chunks().0, bytes })
    }

    fn next(&mut self) -> Option<&'a [u8]> {
        let (length, lengths) = self.lengths.split_first()?;
        self.lengths = lengths;
        let (frame, bytes) = self.bytes.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        self.bytes = bytes;
        Some(frame)
    }
}

impl BlockReader {
    pub fn new() -> Result<Self, RowError> {
        Ok(Self { decompressor: Decompressor::new().map_err(compressing)?, buffer: Vec::new() })
    }

    /// Decodes the columns of a block whose checksum is right.
    pub fn columns(&mut self, header: &BlockHeader, part: &[u8]) -> Result<Columns, RowError> {
        self.read_columns(header.count as usize, part).ok_or_else(|| header.invalid("cannot be read"))
    }

    fn read_columns(&mut self, count: usize, part: &[u8]) -> Option<Columns> {
        let mut frames = Frames::of(part)?;
        let logs = self.dictionary(frames.next()?, count)?;
        let [seqs, orders, times, offsets, days, kinds, lengths] = {
            let mut columns: [Vec<u64>; 7] = Default::default();
            for column in &mut columns {
                *column = self.planes(frames.next()?, count)?;
            }
            columns
        };
        let rest_ends = ends(&lengths)?;
        let rests = self.bytes(frames.next()?, *rest_ends.last().unwrap_or(&0))?;
        let answer_count = kinds.iter().filter(|number| **number == u64::from(kind::ANSWER)).count();
        let mut answers: [Vec<u64>; 11] = Default::default();
        for (at, column) in answers.iter_mut().enumerate() {
            let frame = frames.next()?;
            *column = match at {
                7 | 8 => self.dictionary(frame, answer_count)?,
                _ => self.planes(frame, answer_count)?,
            };
        }
        Some(Columns { logs, seqs, orders, times, offsets, days, kinds, rest_ends, rests, answers })
    }

    /// What was answered, event by event: `None` if nothing was noted, empty for [`event_bytes::SAYS_NOTHING`].
    pub fn answers(&mut self, header: &BlockHeader, part: &[u8]) -> Result<Answers, RowError> {
        let read = (|| {
            let mut frames = Frames::of(part)?;
            let lengths = self.planes(frames.next()?, header.count as usize)?;
            let ends = ends(&lengths.iter().map(|length| length.saturating_sub(1)).collect::<Vec<_>>())?;
            let bytes = self.bytes(frames.next()?, *ends.last().unwrap_or(&0))?;
            Some(Answers { lengths, ends, bytes })
        })();
        read.ok_or_else(|| header.invalid("has answers that cannot be read"))
    }

    fn decompress(&mut self, frame: &[u8], capacity: usize) -> Option<()> {
        self.buffer.clear();
        self.buffer.reserve(capacity);
        self.decompressor.decompress_to_buffer(frame, &mut self.buffer).ok().map(drop)
    }

    fn bytes(&mut self, frame: &[u8], len: usize) -> Option<Vec<u8>> {
        self.decompress(frame, len)?;
        (self.buffer.len() == len).then(|| self.buffer.clone())
    }

    fn planes(&mut self, frame: &[u8], count: usize) -> Option<Vec<u64>> {
        self.decompress(frame, 1 + 8 * count)?;
        read_planes(&self.buffer, count)
    }

    fn dictionary(&mut self, frame: &[u8], count: usize) -> Option<Vec<u64>> {
        self.decompress(frame, 9 + 16 * count)?;
        let (len, rest) = self.buffer.split_first_chunk()?;
        let len = usize::try_from(u64::from_le_bytes(*len)).ok()?;
        let (values, indices) = rest.split_at_checked(len.checked_mul(8)?)?;
        let values = values.as_chunks().0;
        let value =
            |index: u64| values.get(usize::try_from(index).ok()?).map(|value| u64::from_le_bytes(*value));
        read_planes(indices, count)?.into_iter().map(value).collect()
    }
}

fn read_planes(bytes: &[u8], count: usize) -> Option<Vec<u64>> {
    let (width, bytes) = bytes.split_first()?;
    if *width > 8 || bytes.len() != usize::from(*width) * count {
        return None;
    }
    let mut numbers = vec![0u64; count];
    for (place, plane) in bytes.chunks_exact(count.max(1)).enumerate() {
        for (number, byte) in numbers.iter_mut().zip(plane) {
            *number |= u64::from(*byte) << (8 * place);
        }
    }
    Some(numbers)
}

/// Where each of several pieces of these lengths ends. `None` for lengths that no block has.
fn ends(lengths: &[u64]) -> Option<Vec<usize>> {
    let mut end = 0usize;
    lengths
        .iter()
        .map(|length| {
            end = end.checked_add(usize::try_from(*length).ok()?).filter(|end| *end <= u32::MAX as usize)?;
            Some(end)
        })
        .collect()
}

/// What was answered in a block.
pub(super) struct Answers {
    lengths: Vec<u64>,
    ends: Vec<usize>,
    bytes: Vec<u8>,
}

impl Answers {
    /// What was noted for the event at an index.
    pub fn get(&self, index: usize) -> Option<&[u8]> {
        let end = *self.ends.get(index).filter(|_| self.lengths[index] > 0)?;
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.bytes.get(start..end)
    }
}

impl Columns {
    /// Calls `each` for every event with its index in the block, in the order of storage.
    pub fn for_each(
        &self,
        mut each: impl FnMut(usize, ColumnEvent<'_>) -> Result<(), RowError>,
    ) -> Result<(), RowError> {
        let out_of_range = |_| RowError::Invalid("a number of a block is out of range".to_owned());
        let (mut seq, mut order_ms, mut offset, mut day) = (0i64, 0i64, 0i64, 0i64);
        let (mut next_answer, mut rest_start) = (0, 0);
        for index in 0..self.kinds.len() {
            seq = seq.wrapping_add(unzigzag(self.seqs[index]));
            order_ms = order_ms.wrapping_add(unzigzag(self.orders[index]));
            offset = offset.wrapping_add(unzigzag(self.offsets[index]));
            day = day.wrapping_add(unzigzag(self.days[index]));
            let stamp = Stamp {
                utc_ms: order_ms.wrapping_add(unzigzag(self.times[index])),
                offset_minutes: i32::try_from(offset).map_err(out_of_range)?,
                day: StudyDay(i32::try_from(day).map_err(out_of_range)?),
            };
            let kind = u8::try_from(self.kinds[index]).map_err(out_of_range)?;
            let answer = (kind == kind::ANSWER).then(|| {
                next_answer += 1;
                self.answer(next_answer - 1, stamp)
            });
            let rest_end = self.rest_ends[index];
            let event = ColumnEvent {
                id: EventId { log: self.logs[index], seq: seq.cast_unsigned() },
                order_ms,
                stamp,
                kind,
                answer,
                rest: &self.rests[rest_start..rest_end],
            };
            rest_start = rest_end;
            each(index, event)?;
        }
        Ok(())
    }

    fn answer(&self, index: usize, stamp: Stamp) -> StoredReview {
        #[expect(clippy::cast_possible_truncation, reason = "written from a byte, and the checksum is right")]
        let byte = |column: usize| self.answers[column][index] as u8;
        let flags = byte(2);
        StoredReview {
            source: byte(0),
            question_kind: byte(1),
            flags,
            confidence: byte(3),
            proposed: byte(4),
            rating: byte(5),
            mapping: byte(6),
            score: self.answers[7][index],
            blind_chance: self.answers[8][index],
            latency_ms: u32::try_from(self.answers[9][index]).unwrap_or(u32::MAX),
            due: due_base(flags, stamp).wrapping_add(unzigzag(self.answers[10][index])),
        }
    }
}
