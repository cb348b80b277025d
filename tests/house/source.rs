//! The files of `src`, without comments and test modules.

use std::path::{Path, PathBuf};

/// A file of the source.
pub struct SourceFile {
    /// The path relative to `src`, with `/`.
    pub path: String,
    /// The lines of the program; those of comments and test modules are empty.
    pub lines: Vec<String>,
}

impl SourceFile {
    /// The file's layer: its folder, or its own name.
    pub fn layer(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// `path:line` as an editor opens it; `index` counts lines from 0.
    pub fn place(&self, index: usize) -> String {
        format!("src/{}:{}", self.path, index + 1)
    }
}

/// The folder of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of `src`, by path.
pub fn files() -> Vec<SourceFile> {
    let src = root().join("src");
    let mut paths = Vec::new();
    collect(&src, &mut paths);
    paths.sort();
    assert!(paths.len() > 100, "the source is here");
    paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a source file is text");
            let path = path.strip_prefix(&src).expect("a path in src");
            SourceFile { path: path.to_string_lossy().replace('\\', "/"), lines: program_lines(&text) }
        })
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of src") {
        let path = entry.expect("an entry of src").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|end| end == "rs") {
            paths.push(path);
        }
    }
}

/// The lines of a text formatted by rustfmt, without comments and test modules.
fn program_lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    // The indentation of the test module that the line is in.
    let mut in_tests: Option<String> = None;
    let mut is_for_tests = false;
    for line in text.lines() {
        let code = without_comment(line);
        let indent = line.chars().take_while(|c| c.is_whitespace()).collect::<String>();
        let is_end = in_tests.as_ref().is_some_and(|start| line == format!("{start}}}"));
        let is_module = is_for_tests && code.trim_start().starts_with("mod ") && code.ends_with('{');
        if is_module && in_tests.is_none() {
            in_tests = Some(indent);
        }
        let skip = in_tests.is_some();
        if is_end {
            in_tests = None;
        }
        is_for_tests = code.trim() == "#[cfg(test)]" || (is_for_tests && code.trim_start().starts_with("#["));
        lines.push(if skip { String::new() } else { code.to_owned() });
    }
    lines
}

/// The line up to a comment; `//` in a string does not begin one.
fn without_comment(line: &str) -> &str {
    let mut in_text = false;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_text => escaped = true,
            // The character literal '"' begins no string.
            '"' if !line[..at].ends_with('\'') => in_text = !in_text,
            '/' if !in_text && line[at..].starts_with("//") => return line[..at].trim_end(),
            _ => {}
        }
    }
    line.trim_end()
}

#[test]
fn comments_and_test_modules_are_left_out() {
    let text = "use a; // no\n//! none\nlet url = \"https://x\"; // no\n#[cfg(test)]\nmod tests {\n    use b;\n}\nfn c() {}";
    let lines = program_lines(text);
    assert_eq!(lines, ["use a;", "", "let url = \"https://x\";", "#[cfg(test)]", "", "", "", "fn c() {}"]);
}
