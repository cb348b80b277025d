//! Pictures beside deck files: what is shown, what is told instead, and that nothing outside is touched.

use std::path::Path;

use image::{ImageFormat, Rgba, RgbaImage};
use linchpin::domain::diagnostic::{Diagnostic, Severity};
use linchpin::domain::image::{ImagePathError, ImageRef};
use linchpin::formats::{images as fields, markdown, ron_deck};
use linchpin::library::images::{self, ImageFileError, check, copy_into, decode, unused_file_name};
use linchpin::library::{image_lints, images::check_file};
use proptest::prelude::*;

fn picture(file: &str) -> ImageRef {
    ImageRef { file: file.to_owned(), alt: "what it shows".to_owned() }
}

fn write(path: &Path, width: u32, height: u32, format: ImageFormat) {
    let pixels = RgbaImage::from_fn(width, height, |x, y| Rgba([x as u8, y as u8, 90, 255]));
    let picture = image::DynamicImage::from(pixels);
    // JPEG has no transparency.
    let picture = if format == ImageFormat::Jpeg { picture.into_rgb8().into() } else { picture };
    picture.save_with_format(path, format).expect("a picture");
}

fn deck(questions: &str) -> String {
    format!(
        "Deck(format: 1, id: \"d\", title: \"D\", topics: {{\"t\": \"T\"}}, questions: [\n{questions}\n])\n"
    )
}

fn lints(text: &str) -> Vec<Diagnostic> {
    let parsed = ron_deck::parse(text);
    assert!(parsed.deck.is_some_and(|deck| !deck.questions.is_empty()), "the question still works");
    let picture_lints = |found: &Diagnostic| found.code.starts_with("picture") || found.code == "no-alt-text";
    parsed.diagnostics.into_iter().filter(picture_lints).collect()
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|found| found.code).collect()
}

#[test]
fn a_path_must_stay_in_the_decks_folder_and_name_a_picture() {
    let cases = [
        ("map.png", None),
        ("maps/korea.JPG", None),
        ("지도.webp", None),
        ("my map.jpeg", None),
        ("a..b.png", None),
        ("12:30.png", None),
        ("", Some(ImagePathError::Empty)),
        ("../map.png", Some(ImagePathError::Outside)),
        ("maps/../../map.png", Some(ImagePathError::Outside)),
        ("/etc/map.png", Some(ImagePathError::Absolute)),
        ("~/map.png", Some(ImagePathError::Absolute)),
        ("C:\\map.png", Some(ImagePathError::Absolute)),
        ("c:map.png", Some(ImagePathError::Absolute)),
        ("\\\\server\\map.png", Some(ImagePathError::Absolute)),
        ("https://example.org/map.png", Some(ImagePathError::Web)),
        ("file:///etc/map.png", Some(ImagePathError::Web)),
        ("data:image/png;base64,AAAA", Some(ImagePathError::Web)),
        ("maps\\korea.png", Some(ImagePathError::Backslash)),
        ("map.svg", Some(ImagePathError::Unsupported)),
        ("map", Some(ImagePathError::Unsupported)),
    ];
    for (file, fault) in cases {
        assert_eq!(picture(file).path_error(), fault, "{file}");
    }
}

#[test]
fn pictures_in_every_text_of_a_question_are_linted_where_they_are_named() {
    let text = deck(concat!(
        "(id: \"a\", topic: \"t\", prompt: \"![](map.png) Where?\", explain: \"e\",\n",
        "  answer: Choice(right: \"![x](../up.png)\", wrong: [(\"![x](w.gif)\", \"![y](https://x.org/y.png)\")])),\n",
        "(id: \"b\", topic: \"t\", prompt: \"p\", answer: Recall(\"![b](/root.png)\"), explain: \"![](e.png)\",\n",
        "  image: \"field.png\"),",
    ));
    let found = lints(&text);
    let named: Vec<(&str, &str)> = found.iter().map(|it| (it.code, &text[it.span.clone()])).collect();
    assert_eq!(
        named,
        [
            ("no-alt-text", "map.png"),
            ("picture-outside", "../up.png"),
            ("picture-unsupported", "w.gif"),
            ("picture-from-web", "https://x.org/y.png"),
            ("picture-outside", "/root.png"),
            ("no-alt-text", "e.png"),
            ("no-alt-text", "field.png"),
        ]
    );
    assert!(found.iter().all(|found| found.severity == Severity::Lint));
    assert_eq!(found[6].line, 5);
    assert_eq!(found[6].help.as_deref(), Some("write image: \"![what it shows](field.png)\""));
}

#[test]
fn a_name_with_a_space_is_told_to_want_brackets() {
    let text = deck(
        r#"(topic: "t", prompt: "p ![x](a b.png) ![x](<c d.png>)", answer: Recall("b"), explain: "e"),"#,
    );
    let found = lints(&text);
    assert_eq!((codes(&found), &text[found[0].span.clone()]), (vec!["picture-spaced"], "a b.png"));
    assert_eq!(found[0].help.as_deref(), Some("write < > around it: ![what it shows](<a b.png>)"));
}

#[test]
fn the_image_field_may_say_what_the_picture_shows() {
    let told = fields::parse_field("![The 38th parallel](maps/korea.png)");
    assert_eq!(told, ImageRef { file: "maps/korea.png".to_owned(), alt: "The 38th parallel".to_owned() });
    assert_eq!(fields::parse_field("map.png").alt, "");
    let spaced = fields::parse_field("![A field](a field.png)");
    assert_eq!((spaced.file.as_str(), spaced.alt.as_str()), ("a field.png", "A field"));
    let text = deck(
        r#"(topic: "t", prompt: "p", answer: Recall("b"), explain: "e", image: "![The 38th parallel](a.png)"),"#,
    );
    assert_eq!(lints(&text), []);
}

proptest! {
    #[test]
    fn what_a_picture_shows_comes_back_from_its_field(alt in "[ -~한글“”]{1,30}", file in "[a-z0-9 ()&_<>가-힣-]{1,12}") {
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        let file = format!("x{file}.png");
        prop_assume!(!alt.is_empty());
        let written = ImageRef { file, alt };
        prop_assert_eq!(fields::parse_field(&fields::format_field(&written)), written);
    }
}

#[test]
fn a_picture_is_told_by_what_it_shows_and_in_the_terminal_with_its_file() {
    let text = "See ![the *bold* map](map.png) and ![](b.png).";
    assert_eq!(markdown::plain(text), "See the bold map and picture.");
    assert_eq!(
        markdown::plain_with_files(text),
        "See [picture: the bold map (map.png)] and [picture: b.png]."
    );
    assert_eq!(markdown::without_images(text), "See and .");
}

#[test]
fn png_jpeg_and_webp_are_shown_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for (name, format) in [
        ("a.png", ImageFormat::Png),
        ("a.jpg", ImageFormat::Jpeg),
        ("a.webp", ImageFormat::WebP),
        // What it holds counts, not what it is called.
        ("a.jpeg", ImageFormat::Png),
    ] {
        write(&at(name), 30, 20, format);
        assert_eq!(check(folder.path(), &picture(name), true), Ok(()), "{name}");
        let decoded = decode(&at(name), 4_096).expect("a picture");
        assert_eq!((decoded.size, decoded.has_transparency), ([30, 20], false), "{name}");
    }
    let half = std::fs::read(at("a.png")).expect("a picture");
    std::fs::write(at("half.png"), &half[..half.len() / 2]).expect("half a picture");
    std::fs::write(at("text.png"), "no picture").expect("a text");
    std::fs::write(at("empty.png"), "").expect("nothing");
    std::fs::create_dir(at("folder.png")).expect("a folder");
    for (name, fault) in [
        ("half.png", ImageFileError::Damaged),
        ("text.png", ImageFileError::Damaged),
        ("empty.png", ImageFileError::Damaged),
        ("none.png", ImageFileError::Missing),
        ("folder.png", ImageFileError::Missing),
        ("a.png/b.png", ImageFileError::Missing),
    ] {
        assert_eq!(check(folder.path(), &picture(name), true), Err(fault), "{name}");
    }
}

#[test]
fn huge_pictures_are_refused_before_they_are_decoded() {
    let folder = tempfile::tempdir().expect("a folder");
    let wide = folder.path().join("wide.png");
    image::GrayImage::new(8_001, 1).save(&wide).expect("a picture");
    assert_eq!(check_file(&wide, false), Err(ImageFileError::TooManyPixels { width: 8_001, height: 1 }));
    let heavy = std::fs::File::create(folder.path().join("heavy.png")).expect("a file");
    heavy.set_len(images::MAX_BYTES + (3 << 20)).expect("a long file");
    assert_eq!(
        check(folder.path(), &picture("heavy.png"), false),
        Err(ImageFileError::TooLarge { megabytes: 23 })
    );
}

#[test]
fn a_large_picture_is_decoded_small_and_its_size_is_remembered() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.png");
    write(&path, 800, 400, ImageFormat::Png);
    let decoded = decode(&path, 200).expect("a picture");
    assert_eq!((decoded.size, decoded.pixels.dimensions()), ([800, 400], (200, 100)));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_folder_is_not_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (inside, outside) = (folder.path().join("decks"), folder.path().join("secret"));
    std::fs::create_dir(&inside).expect("a folder");
    std::fs::create_dir(&outside).expect("a folder");
    write(&outside.join("a.png"), 4, 4, ImageFormat::Png);
    std::os::unix::fs::symlink(outside.join("a.png"), inside.join("a.png")).expect("a link");
    std::os::unix::fs::symlink(&outside, inside.join("deep")).expect("a link");
    write(&inside.join("own.png"), 4, 4, ImageFormat::Png);
    std::os::unix::fs::symlink("own.png", inside.join("other.png")).expect("a link");
    let out = Err(ImageFileError::Path(ImagePathError::Outside));
    assert_eq!(check(&inside, &picture("a.png"), true), out);
    assert_eq!(check(&inside, &picture("deep/a.png"), true), out);
    assert_eq!(check(&inside, &picture("other.png"), true), Ok(()), "a link inside the folder is fine");
}

#[test]
fn what_is_wrong_with_files_is_told_where_the_deck_names_them() {
    let folder = tempfile::tempdir().expect("a folder");
    write(&folder.path().join("good.png"), 4, 4, ImageFormat::Png);
    std::fs::write(folder.path().join("bad.png"), "no picture").expect("a file");
    let text = deck(concat!(
        "(topic: \"t\", prompt: \"![g](good.png) ![m](missing.png)\", answer: Recall(\"![b](bad.png)\"),\n",
        "  image: \"![o](../out.png)\"),",
    ));
    let deck = ron_deck::parse(&text).deck.expect("a deck");
    let found = image_lints::lint(&folder.path().join("d.ron"), &text, &deck, false);
    let named: Vec<_> = found.iter().map(|it| (it.code, &text[it.span.clone()], it.line)).collect();
    assert_eq!(named, [("picture-missing", "missing.png", 2), ("picture-damaged", "bad.png", 2)]);
    assert_eq!(codes(&lints(&text)), ["picture-outside"], "the path alone is the parser's");
    let mut all = ron_deck::parse(&text).diagnostics;
    image_lints::merge(&mut all, found);
    assert!(all.is_sorted_by_key(|it| it.span.start));
}

#[test]
fn a_copied_image_never_replaces_an_existing_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let (decks, elsewhere) = (folder.path().join("decks"), folder.path().join("My (old) map.PNG"));
    std::fs::create_dir(&decks).expect("a folder");
    write(&elsewhere, 5, 4, ImageFormat::Png);
    let name = unused_file_name(&decks, &elsewhere);
    assert_eq!(name, "My -old- map.png");
    copy_into(&decks, &elsewhere, &name).expect("copied");
    let second = unused_file_name(&decks, &elsewhere);
    assert_eq!(second, "My -old- map-2.png");
    std::fs::write(decks.join(&second), "someone else’s").expect("a file");
    assert!(copy_into(&decks, &elsewhere, &second).is_err());
    assert_eq!(std::fs::read_to_string(decks.join(&second)).expect("a file"), "someone else’s");
    assert_eq!(std::fs::read_dir(&decks).expect("a folder").count(), 2, "nothing is left beside");
    assert_eq!(images::path_in_folder(&decks, &decks.join(&name)).as_deref(), Some(name.as_str()));
    assert_eq!(images::path_in_folder(&decks, &elsewhere), None);
}
