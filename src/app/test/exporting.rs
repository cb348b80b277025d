//! The report of a test written for others.

use std::path::Path;

use super::ReportAs;
use crate::app::{App, Effect};
use crate::domain::test::Past;
use crate::formats::export;
use crate::library::file::{self, Encoding};

impl ReportAs {
    /// The report as text.
    pub fn text(self, past: &Past, day: &str) -> String {
        match self {
            ReportAs::Html => export::report::html(past, day),
            ReportAs::Csv => export::report::csv(past),
        }
    }

    /// The ending of its file.
    pub fn ending(self) -> &'static str {
        match self {
            ReportAs::Html => "html",
            ReportAs::Csv => "csv",
        }
    }

    /// Writes it to a file that is not there yet; `false` when there is one of that name.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(self, path: &Path, past: &Past, day: &str) -> std::io::Result<bool> {
        // Spreadsheets take a table for UTF-8 only when it begins with the mark.
        let encoding = if self == ReportAs::Csv { Encoding::Utf8WithMark } else { Encoding::Utf8 };
        file::create(path, &self.text(past, day), encoding)
    }
}

impl App {
    /// Writes the open report among the exports, and shows it: a page in the browser, of a table its folder.
    pub(super) fn export_report(&mut self, format: ReportAs) -> Option<Effect> {
        let open = self.tests.report.as_ref()?;
        let date = open.begun.day.date();
        let day = crate::app::words::date(open.begun.day);
        let folder = self.dirs.data.join("exports");
        let past = open.past.clone();
        let stem = format!("test-{date}-{}", past.paper.code);
        let named = |stem: &str| folder.join(format!("{stem}.{}", format.ending()));
        let is_there = |stem: &str| named(stem).symlink_metadata().is_ok();
        let path = named(&crate::formats::import::unlike(&stem, is_there));
        let written = std::fs::create_dir_all(&folder).and_then(|()| format.write(&path, &past, &day));
        match written {
            Ok(true) => {
                self.tell(format!("Written to {}", path.display()));
                Some(Effect::ShowWritten { file: path, in_folder: format == ReportAs::Csv })
            }
            Ok(false) => {
                self.tell_problem(format!(
                    "{} was made by another program just now: try again.",
                    path.display()
                ));
                None
            }
            Err(error) => {
                self.tell_problem(format!("{} cannot be written ({error}).", path.display()));
                None
            }
        }
    }
}
