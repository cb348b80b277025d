//! Writes the report of a test to a file.

use std::path::Path;

use super::{ReportFormat, Tests};
use crate::app::core::Core;
use crate::app::effect::Effect;
use crate::domain::attempt::CompletedAttempt;
use crate::formats::export;
use crate::library::file::{self, Encoding};
use crate::text;

impl ReportFormat {
    /// The report as text; `day` is the date as it is shown.
    pub fn text(self, completed: &CompletedAttempt, day: &str) -> String {
        match self {
            ReportFormat::Html => export::report::html(completed, day),
            ReportFormat::Csv => export::report::csv(completed),
        }
    }

    /// The file extension, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            ReportFormat::Html => "html",
            ReportFormat::Csv => "csv",
        }
    }

    /// Writes the report to a new file. Returns `false` and writes nothing if the file exists.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(self, path: &Path, completed: &CompletedAttempt, day: &str) -> std::io::Result<bool> {
        file::create(path, |out| out.write_all(&self.bytes(completed, day)))
    }

    fn bytes(self, completed: &CompletedAttempt, day: &str) -> Vec<u8> {
        // Spreadsheets only recognize UTF-8 by its byte order mark.
        let encoding = if self == ReportFormat::Csv { Encoding::Utf8WithBom } else { Encoding::Utf8 };
        file::encode(&self.text(completed, day), encoding).into_owned()
    }
}

impl Tests {
    /// Writes the open report to the export folder and shows it: a page in the browser, a table as a file in
    /// its folder.
    pub(super) fn export_report(&mut self, core: &mut Core, format: ReportFormat) -> Option<Effect> {
        let open = self.report.as_ref()?;
        let date = open.started.day.date();
        let day = text::words::date(open.started.day);
        let folder = core.export_folder();
        let completed = open.completed.clone();
        let stem = format!("test-{date}-{}", completed.test.code);
        let content = format.bytes(&completed, &day);
        match file::create_numbered(&folder, &stem, format.extension(), |out| out.write_all(&content)) {
            Ok(path) => {
                core.notify(text::general::written_to(path.display()));
                Some(Effect::ShowWritten { file: path, in_folder: format == ReportFormat::Csv })
            }
            Err(error) => {
                let path = folder.join(format!("{stem}.{}", format.extension()));
                core.notify_error(text::general::cannot_be_written(path.display(), error));
                None
            }
        }
    }
}
