//! Reads answers: which kind an answer is. What comes after the name of the kind is read by `kind`.

use crate::domain::question::{Answer, Kind};
use crate::formats::ron_deck::diagnostics::DiagnosticBuilder;
use crate::formats::ron_deck::keywords;
use crate::formats::ron_deck::tree::{Node, Span, Value, excerpt};

use super::ConvertContext;

impl ConvertContext<'_, '_> {
    /// Reads an answer. `prompt_node` and `prompt` are those of the question, for a Cloze; `None` if they could not
    /// be read.
    pub(super) fn answer(
        &mut self,
        node: &Node<'_>,
        prompt_node: Option<&Node<'_>>,
        prompt: Option<&str>,
    ) -> Option<Answer> {
        let (name, body) = match &node.value {
            Value::Name(name) => (*name, None),
            Value::Struct(Some(name), body) => (*name, Some(body)),
            Value::Unreadable => return None,
            value => {
                let help = match value {
                    Value::Text(_) => format!(
                        "write Recall({0}), or Typed([{0}]) to have it typed",
                        self.sink.source_excerpt(node)
                    ),
                    Value::Number(_) => format!("write Number({})", self.sink.source_excerpt(node)),
                    Value::Bool(value) => format!("write Bool({value})"),
                    _ => "write a kind before the bracket, such as Choice(…)".to_owned(),
                };
                let fix = match value {
                    Value::Number(_) => Some((
                        "Write Number( )",
                        format!("Number({})", self.sink.line_index.text_at(node.span)),
                    )),
                    Value::Bool(value) => Some(("Write Bool( )", format!("Bool({value})"))),
                    _ => None,
                };
                self.sink.wrong_type_with_fix(node, "an answer", "one of the kinds", help, fix);
                return None;
            }
        };
        let Some(kind) = Kind::from_name(name) else {
            let at = Span { start: node.span.start, end: node.span.start + name.len() as u32 };
            let names = || Kind::ALL.iter().map(|kind| kind.name());
            let advice = keywords::suggestion(self.sink, name, names());
            let message = format!("there is no kind of answer called {}", excerpt(name));
            let diagnostic = DiagnosticBuilder::error("unknown-kind", at, message, advice);
            let word = keywords::certain_match(self.sink, name, names());
            let fix = word.map(|word| (format!("Write {word}"), word));
            self.sink.push(diagnostic.fix_if_certain(at, fix));
            return None;
        };
        self.answer_of_kind(kind, body, node, prompt_node, prompt)
    }
}
