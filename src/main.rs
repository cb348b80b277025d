//! The program's entry point. Everything is decided by its arguments, see [`linchpin::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    linchpin::cli::run(std::env::args_os())
}
