//! What is found wrong, collected while a deck is read.

use std::borrow::Cow;

use crate::domain::diagnostic::{Diagnostic, Fix, Severity};
use crate::domain::edit::{Edit, Splice};

use super::line_index::LineIndex;
use super::tree::Span;

/// No more than this are reported: nobody reads a second hundred.
const MAX_REPORTED: usize = 200;
/// No more than this of one severity are kept until the best are chosen.
const MAX_KEPT: usize = 5_000;

/// A diagnostic in the making: offsets instead of lines.
pub(super) struct DiagnosticBuilder {
    severity: Severity,
    code: &'static str,
    span: Span,
    message: Cow<'static, str>,
    help: Option<Cow<'static, str>>,
    related: Option<(Span, Cow<'static, str>)>,
    /// Boxed: most faults have none.
    fix: Option<Box<Fix>>,
}

impl DiagnosticBuilder {
    /// Something that makes a question, or the deck, unusable.
    pub fn error(code: &'static str, span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            span,
            message: message.into(),
            help: None,
            related: None,
            fix: None,
        }
    }

    /// Something that works and would be better otherwise.
    pub fn lint(code: &'static str, span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        Self { severity: Severity::Lint, ..Self::error(code, span, message) }
    }

    /// What to do about it.
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// A second place that has to do with it.
    pub fn related(mut self, span: Span, what: impl Into<Cow<'static, str>>) -> Self {
        self.related = Some((span, what.into()));
        self
    }

    /// What mends it for certain: that the bytes of the span become these.
    pub fn fix(self, title: impl Into<String>, span: Span, with: impl Into<String>) -> Self {
        self.fix_all(title, [(span, with.into())])
    }

    /// The same at several places.
    pub fn fix_all(
        mut self,
        title: impl Into<String>,
        changes: impl IntoIterator<Item = (Span, String)>,
    ) -> Self {
        let splices =
            changes.into_iter().map(|(span, with)| Splice { range: span.range(), replacement: with });
        self.fix = Some(Box::new(Fix { title: title.into(), edit: Edit::new(splices.collect()) }));
        self
    }
}

/// The collector.
pub(super) struct DiagnosticSink<'a> {
    pub line_index: LineIndex<'a>,
    errors: Vec<DiagnosticBuilder>,
    lints: Vec<DiagnosticBuilder>,
    error_count: usize,
    lint_count: usize,
    /// While above zero nothing is taken: what lies in a part skipped after a fault is mostly its echo.
    mute_depth: u32,
    /// Whether a part of what is being read was skipped: then nothing is told as missing.
    pub is_partial: bool,
}

impl<'a> DiagnosticSink<'a> {
    pub fn new(text: &'a str) -> Self {
        Self {
            line_index: LineIndex::new(text),
            errors: Vec::new(),
            lints: Vec::new(),
            error_count: 0,
            lint_count: 0,
            mute_depth: 0,
            is_partial: false,
        }
    }

    /// Takes a fault.
    pub fn push(&mut self, fault: DiagnosticBuilder) {
        if self.mute_depth > 0 {
            return;
        }
        let (list, count) = match fault.severity {
            Severity::Error => (&mut self.errors, &mut self.error_count),
            Severity::Lint => (&mut self.lints, &mut self.lint_count),
        };
        *count += 1;
        if list.len() < MAX_KEPT {
            list.push(fault);
        }
    }

    /// How many errors there are by now: unchanged after a step that went well.
    pub fn error_count(&self) -> usize {
        self.error_count
    }

    /// Whether more would be thrown away, so that costly advice need not be worked out.
    pub fn is_full(&self) -> bool {
        self.mute_depth > 0 || self.errors.len() >= MAX_KEPT
    }

    /// Takes no faults until [`DiagnosticSink::unmute`].
    pub fn mute(&mut self) {
        self.mute_depth += 1;
    }

    /// Ends one [`DiagnosticSink::mute`].
    pub fn unmute(&mut self) {
        self.mute_depth = self.mute_depth.saturating_sub(1);
    }

    /// Everything in the order of the file; errors have the first claim on the places.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.errors.sort_by_key(|fault| fault.span.start);
        self.lints.sort_by_key(|fault| fault.span.start);
        let all = self.error_count + self.lint_count;
        let more_errors = self.error_count > MAX_REPORTED;
        let mut chosen = self.errors;
        chosen.append(&mut self.lints);
        chosen.truncate(MAX_REPORTED);
        chosen.sort_by_key(|fault| fault.span.start);

        let hidden = all - chosen.len();
        let mut place = PositionCursor { offset: 0, line: 1, column: 1 };
        let mut diagnostics: Vec<Diagnostic> =
            chosen.into_iter().map(|fault| place.resolve(&self.line_index, fault)).collect();
        if hidden > 0 {
            let last = diagnostics.last().map_or((0..0, 1, 1), |d| (d.span.clone(), d.line, d.column));
            diagnostics.push(Diagnostic {
                severity: if more_errors { Severity::Error } else { Severity::Lint },
                code: "more",
                message: format!("and {hidden} more"),
                help: Some("mend these first, then check again".to_owned()),
                span: last.0,
                line: last.1,
                column: last.2,
                related: None,
                fix: None,
            });
        }
        diagnostics
    }
}

/// The place of the diagnostic before: columns are counted on from it, so that two hundred faults
/// in one endless line do not count that line two hundred times.
struct PositionCursor {
    offset: u32,
    line: u32,
    column: u32,
}

impl PositionCursor {
    fn resolve(&mut self, lines: &LineIndex<'_>, fault: DiagnosticBuilder) -> Diagnostic {
        let start = fault.span.start;
        let line = lines.line(start);
        let column = if line == self.line {
            self.column + lines.char_count(self.offset, start)
        } else {
            lines.position(start).1
        };
        *self = Self { offset: start, line, column };
        Diagnostic {
            severity: fault.severity,
            code: fault.code,
            message: fault.message.into_owned(),
            help: fault.help.map(Cow::into_owned),
            span: fault.span.range(),
            line,
            column,
            related: fault.related.map(|(span, what)| (lines.line(span.start), what.into_owned())),
            fix: fault.fix.map(|fix| *fix),
        }
    }
}
