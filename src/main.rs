//! Parses the command line, opens, runs.

use std::process::ExitCode;

fn main() -> ExitCode {
    linchpin::cli::run(std::env::args_os())
}
