//! The command line.
use std::ffi::OsString;
use std::process::ExitCode;

/// Runs.
pub fn run(_args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let dirs = crate::app::Dirs::find(None).unwrap();
    let clock = match std::env::var("LP_AT") {
        Ok(t) => crate::app::clock::Clock::set_to(&t).unwrap(),
        _ => crate::app::clock::Clock::system(),
    };
    crate::ui::run(dirs, clock).unwrap();
    ExitCode::SUCCESS
}
