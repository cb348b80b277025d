//! The page of the deck format, printed by the program.

use std::fs;
use std::path::Path;

use crate::fixtures::CliFixture;

#[test]
fn the_program_prints_the_format_page() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/deck-format.md");
    let page = fs::read_to_string(path).expect("the page").replace("\r\n", "\n");
    let cli = CliFixture::new();
    for args in [["help", "deck-format"].as_slice(), &["deck-format"], &["deck-format", "--help"]] {
        let run = cli.run(args);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{args:?}");
        assert_eq!(run.out.trim_end(), page.trim_end(), "{args:?}");
    }
    assert!(cli.run(&["--help"]).out.contains("deck-format"));
}
