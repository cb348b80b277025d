//! The program's entry point, and the one place that knows both the command line and the window: the arguments decide
//! everything, see [`linchpin::cli`], and without a command they open the window, see [`linchpin::ui`].

use std::process::ExitCode;

fn main() -> ExitCode {
    linchpin::cli::run(std::env::args_os(), linchpin::ui::open_window)
}
