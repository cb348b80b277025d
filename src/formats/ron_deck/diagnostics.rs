//! Collects diagnostics while a deck is read.

use std::borrow::Cow;

use crate::domain::diagnostic::{Diagnostic, Fix, Severity};
use crate::domain::edit::{Edit, Splice};

use super::line_index::LineIndex;
use super::tree::Span;

/// At most this many diagnostics are returned; no one reads more.
const MAX_REPORTED: usize = 200;
/// At most this many of each severity are collected before the first ones in the file are chosen.
const MAX_KEPT: usize = 5_000;

/// A diagnostic whose span is not yet converted to line and column.
pub(super) struct DiagnosticBuilder {
    severity: Severity,
    code: &'static str,
    span: Span,
    message: Cow<'static, str>,
    help: Option<Cow<'static, str>>,
    related: Option<(Span, Cow<'static, str>)>,
    /// Boxed because most diagnostics have no fix.
    fix: Option<Box<Fix>>,
}

impl DiagnosticBuilder {
    /// An error: it makes a question, or the whole deck, unusable. `help` says what to do about it.
    pub fn error(
        code: &'static str,
        span: Span,
        message: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        let (message, help) = (message.into(), Some(help.into()));
        Self { severity: Severity::Error, code, span, message, help, related: None, fix: None }
    }

    /// A lint: the deck works, but could be better.
    pub fn lint(
        code: &'static str,
        span: Span,
        message: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { severity: Severity::Lint, ..Self::error(code, span, message, help) }
    }

    /// Leaves out what to do about it, where the message says it.
    pub fn without_help(self) -> Self {
        Self { help: None, ..self }
    }

    /// Adds a second span that is related to it.
    pub fn related(mut self, span: Span, what: impl Into<Cow<'static, str>>) -> Self {
        self.related = Some((span, what.into()));
        self
    }

    /// Adds a fix that is certain to be right: to replace the bytes of a span.
    pub fn fix(self, title: impl Into<String>, span: Span, with: impl Into<String>) -> Self {
        self.fix_all(title, [(span, with.into())])
    }

    /// Adds a fix if it is certain what was meant: its title, and the new text of a span.
    pub fn fix_if_certain(self, span: Span, fix: Option<(impl Into<String>, impl Into<String>)>) -> Self {
        match fix {
            Some((title, with)) => self.fix(title, span, with),
            None => self,
        }
    }

    /// Like [`DiagnosticBuilder::fix`], with several replacements.
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

    /// The diagnostic with the line and column of its span.
    fn resolve(self, lines: &LineIndex<'_>) -> Diagnostic {
        let (line, column) = lines.position(self.span.start);
        Diagnostic {
            severity: self.severity,
            code: self.code,
            message: self.message.into_owned(),
            help: self.help.map(Cow::into_owned),
            span: self.span.range(),
            line,
            column,
            related: self.related.map(|(span, what)| (lines.line(span.start), what.into_owned())),
            fix: self.fix.map(|fix| *fix),
        }
    }
}

/// Collects diagnostics of one text.
pub(super) struct DiagnosticSink<'a> {
    pub line_index: LineIndex<'a>,
    errors: Vec<DiagnosticBuilder>,
    lints: Vec<DiagnosticBuilder>,
    error_count: usize,
    lint_count: usize,
    /// While this is above 0, diagnostics are dropped. In a part that is skipped after an error, most of them would
    /// be consequences of that error.
    mute_depth: u32,
    /// Whether a part of the current question was skipped. Then missing fields are not reported.
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

    /// Adds a diagnostic, unless the sink is muted.
    pub fn push(&mut self, diagnostic: DiagnosticBuilder) {
        if self.mute_depth > 0 {
            return;
        }
        let (list, count) = match diagnostic.severity {
            Severity::Error => (&mut self.errors, &mut self.error_count),
            Severity::Lint => (&mut self.lints, &mut self.lint_count),
        };
        *count += 1;
        if list.len() < MAX_KEPT {
            list.push(diagnostic);
        }
    }

    /// Adds an error.
    pub fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) {
        self.push(DiagnosticBuilder::error(code, span, message, help));
    }

    /// Adds a lint.
    pub fn lint(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) {
        self.push(DiagnosticBuilder::lint(code, span, message, help));
    }

    /// The number of errors so far. If it does not change during a step, the step found no error.
    pub fn error_count(&self) -> usize {
        self.error_count
    }

    /// Whether further errors would be dropped, so that expensive suggestions need not be computed.
    pub fn is_full(&self) -> bool {
        self.mute_depth > 0 || self.errors.len() >= MAX_KEPT
    }

    /// Drops diagnostics until [`DiagnosticSink::unmute`]. Calls may be nested.
    pub fn mute(&mut self) {
        self.mute_depth += 1;
    }

    /// Ends one call of [`DiagnosticSink::mute`].
    pub fn unmute(&mut self) {
        self.mute_depth = self.mute_depth.saturating_sub(1);
    }

    /// The diagnostics in the order of the file. If there are too many, errors take precedence over lints, and the
    /// last diagnostic says how many were left out.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.errors.sort_by_key(|diagnostic| diagnostic.span.start);
        self.lints.sort_by_key(|diagnostic| diagnostic.span.start);
        let all = self.error_count + self.lint_count;
        let more_errors = self.error_count > MAX_REPORTED;
        let mut chosen = self.errors;
        chosen.append(&mut self.lints);
        chosen.truncate(MAX_REPORTED);
        chosen.sort_by_key(|diagnostic| diagnostic.span.start);

        let hidden = all - chosen.len();
        let lines = &self.line_index;
        let mut diagnostics: Vec<Diagnostic> =
            chosen.into_iter().map(|diagnostic| diagnostic.resolve(lines)).collect();
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
