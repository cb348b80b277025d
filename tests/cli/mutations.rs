//! Any arguments and any typed lines: the program says what is wrong, does not panic, and the progress stays sound. `fuzz/`
//! searches for more.

#[path = "../fixtures/mutate.rs"]
mod mutate;
#[allow(dead_code, reason = "the laws of settings are held by the tests of decks")]
#[path = "../../fuzz/program_laws.rs"]
mod program_laws;

use std::io::Write;
use std::process::Stdio;

use crate::fixtures::{CliFixture, MONDAY};

const ROUNDS: u64 = 60;

#[test]
fn any_command_line_ends_without_a_panic_and_with_sound_progress() {
    let cli = CliFixture::new();
    let (data, work) = (cli.path().join("data"), cli.path().join("work"));
    std::fs::create_dir(&work).unwrap();
    mutate::each_mutation("command_line", ROUNDS, |bytes| {
        let text = String::from_utf8_lossy(bytes);
        let (arguments, typed) = program_laws::command_line(&text);
        std::fs::write(work.join("typed"), typed).unwrap();
        let mut program = crate::fixtures::linchpin();
        program.arg("--data-dir").arg(&data).args(["--at", MONDAY]).args(arguments).current_dir(&work);
        let mut child =
            program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Most commands do not read what is typed.
        let _ = child.stdin.take().unwrap().write_all(typed.as_bytes());
        let output = child.wait_with_output().unwrap();
        assert!(matches!(output.status.code(), Some(0..=2)), "{}", String::from_utf8_lossy(&output.stderr));
        program_laws::sound_progress(&data);
    });
}
