//! Opens a file at a line in the learner's text editor.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Editors with their own window, and their arguments for a line: `{}` stands for the line, `{file}` for the
/// file.
const EDITORS: [(&str, &[&str]); 11] = [
    ("code", &["--goto", "{file}:{}"]),
    ("codium", &["--goto", "{file}:{}"]),
    ("cursor", &["--goto", "{file}:{}"]),
    ("zed", &["{file}:{}"]),
    ("subl", &["{file}:{}"]),
    ("kate", &["--line", "{}", "{file}"]),
    ("gedit", &["+{}", "{file}"]),
    ("xed", &["+{}", "{file}"]),
    ("mousepad", &["--line={}", "{file}"]),
    ("gvim", &["+{}", "{file}"]),
    ("emacs", &["+{}", "{file}"]),
];

/// Opens a file: in the editor that `VISUAL` names if it is in the list, else in the first one of the list
/// that is installed, else with the system's default program, without the line.
///
/// # Errors
/// When no program can be started.
pub fn open(path: &Path, line: u32) -> std::io::Result<()> {
    let visual = std::env::var("VISUAL").ok();
    let folders: Vec<PathBuf> =
        std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default();
    let is_installed = |name: &str| folders.iter().any(|folder| folder.join(name).is_file());
    match editor_command(path, line, visual.as_deref(), is_installed) {
        Some((program, arguments)) => {
            let quiet = Stdio::null;
            Command::new(program).args(arguments).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn()?;
            Ok(())
        }
        None => open::that_detached(path),
    }
}

/// The program and its arguments; `None` if no known editor is installed.
fn editor_command(
    path: &Path,
    line: u32,
    visual: Option<&str>,
    is_installed: impl Fn(&str) -> bool,
) -> Option<(String, Vec<String>)> {
    let named = visual.and_then(|visual| {
        let program = visual.split_whitespace().next()?;
        let name = Path::new(program).file_name()?.to_str()?;
        EDITORS.iter().find(|(known, _)| *known == name).map(|(_, pattern)| (program.to_owned(), *pattern))
    });
    let found = || {
        EDITORS
            .iter()
            .find(|(name, _)| is_installed(name))
            .map(|(name, pattern)| ((*name).to_owned(), *pattern))
    };
    let (program, pattern) = named.or_else(found)?;
    let file = path.to_string_lossy();
    let fill = |part: &&str| part.replace("{}", &line.to_string()).replace("{file}", &file);
    Some((program, pattern.iter().map(fill).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_passed_in_the_notation_of_the_editor() {
        let path = Path::new("/decks/my notes.ron");
        let command_line = |visual, installed: &str| {
            editor_command(path, 58, visual, |name| name == installed)
                .map(|(program, arguments)| format!("{program} {}", arguments.join("|")))
        };
        assert_eq!(command_line(None, "code").as_deref(), Some("code --goto|/decks/my notes.ron:58"));
        assert_eq!(command_line(None, "kate").as_deref(), Some("kate --line|58|/decks/my notes.ron"));
        assert_eq!(
            command_line(Some("/usr/bin/gedit -w"), "").as_deref(),
            Some("/usr/bin/gedit +58|/decks/my notes.ron")
        );
        assert_eq!(command_line(Some("nano"), "subl").as_deref(), Some("subl /decks/my notes.ron:58"));
        assert_eq!(command_line(None, "none"), None);
    }
}
