//! Images of deck files: which are shown, what is reported otherwise, and that no file outside the folder is read.

use std::path::Path;

use image::{ImageFormat, Rgba, RgbaImage};
use linchpin::domain::diagnostic::{Diagnostic, Severity};
use linchpin::domain::image::{ImagePathError, ImageRef};
use linchpin::formats::{images as fields, markdown, ron_deck};
use linchpin::library::images::{self, ImageFileError, check, copy_into, decode, unused_file_name};
use linchpin::library::{image_lints, images::check_file};
use proptest::prelude::*;

fn image_ref(file: &str) -> ImageRef {
    ImageRef { file: file.to_owned(), alt: "what it shows".to_owned() }
}

fn write(path: &Path, width: u32, height: u32, format: ImageFormat) {
    let pixels = RgbaImage::from_fn(width, height, |x, y| Rgba([x as u8, y as u8, 90, 255]));
    let image = image::DynamicImage::from(pixels);
    // JPEG has no transparency.
    let image = if format == ImageFormat::Jpeg { image.into_rgb8().into() } else { image };
    image.save_with_format(path, format).expect("an image");
}

fn deck(questions: &str) -> String {
    format!(
        "Deck(format: 1, id: \"d\", title: \"D\", topics: {{\"t\": \"T\"}}, questions: [\n{questions}\n])\n"
    )
}

fn lints(text: &str) -> Vec<Diagnostic> {
    let parsed = ron_deck::parse(text);
    assert!(parsed.deck.is_some_and(|deck| !deck.questions.is_empty()), "the question still works");
    let image_lints_only =
        |found: &Diagnostic| found.code.starts_with("picture") || found.code == "no-alt-text";
    parsed.diagnostics.into_iter().filter(image_lints_only).collect()
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|found| found.code).collect()
}

#[test]
fn an_image_path_must_stay_in_the_decks_folder_and_name_an_image() {
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
    for (file, error) in cases {
        assert_eq!(image_ref(file).path_error(), error, "{file}");
    }
}

#[test]
fn images_in_every_text_of_a_question_are_linted_where_they_are_named() {
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
fn a_lint_asks_for_brackets_around_a_name_with_a_space() {
    let text = deck(
        r#"(topic: "t", prompt: "p ![x](a b.png) ![x](<c d.png>)", answer: Recall("b"), explain: "e"),"#,
    );
    let found = lints(&text);
    assert_eq!((codes(&found), &text[found[0].span.clone()]), (vec!["picture-spaced"], "a b.png"));
    assert_eq!(found[0].help.as_deref(), Some("write < > around it: ![what it shows](<a b.png>)"));
}

#[test]
fn the_image_field_may_have_an_alternative_text() {
    let described = fields::parse_field("![The 38th parallel](maps/korea.png)");
    assert_eq!(
        described,
        ImageRef { file: "maps/korea.png".to_owned(), alt: "The 38th parallel".to_owned() }
    );
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
    fn a_formatted_image_field_parses_back(alt in "[ -~한글“”]{1,30}", file in "[a-z0-9 ()&_<>가-힣-]{1,12}") {
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
        let file = format!("x{file}.png");
        prop_assume!(!alt.is_empty());
        let written = ImageRef { file, alt };
        prop_assert_eq!(fields::parse_field(&fields::format_field(&written)), written);
    }
}

#[test]
fn plain_text_names_an_image_by_its_alternative_text() {
    let text = "See ![the *bold* map](map.png) and ![](b.png).";
    assert_eq!(markdown::plain(text), "See the bold map and picture.");
    assert_eq!(
        markdown::plain_with_files(text),
        "See [picture: the bold map (map.png)] and [picture: b.png]."
    );
    assert_eq!(markdown::without_images(text), "See and .");
}

#[test]
fn only_png_jpeg_and_webp_are_decoded() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    for (name, format) in [
        ("a.png", ImageFormat::Png),
        ("a.jpg", ImageFormat::Jpeg),
        ("a.webp", ImageFormat::WebP),
        // The content counts, not the extension.
        ("a.jpeg", ImageFormat::Png),
    ] {
        write(&at(name), 30, 20, format);
        assert_eq!(check(folder.path(), &image_ref(name), true), Ok(()), "{name}");
        let decoded = decode(&at(name), 4_096).expect("an image");
        assert_eq!((decoded.size, decoded.has_transparency), ([30, 20], false), "{name}");
    }
    let half = std::fs::read(at("a.png")).expect("an image");
    std::fs::write(at("half.png"), &half[..half.len() / 2]).expect("half a picture");
    std::fs::write(at("text.png"), "no picture").expect("a text");
    std::fs::write(at("empty.png"), "").expect("nothing");
    std::fs::create_dir(at("folder.png")).expect("a folder");
    for (name, error) in [
        ("half.png", ImageFileError::Damaged),
        ("text.png", ImageFileError::Damaged),
        ("empty.png", ImageFileError::Damaged),
        ("none.png", ImageFileError::Missing),
        ("folder.png", ImageFileError::Missing),
        ("a.png/b.png", ImageFileError::Missing),
    ] {
        assert_eq!(check(folder.path(), &image_ref(name), true), Err(error), "{name}");
    }
}

#[test]
fn huge_images_are_refused_before_they_are_decoded() {
    let folder = tempfile::tempdir().expect("a folder");
    let wide = folder.path().join("wide.png");
    image::GrayImage::new(8_001, 1).save(&wide).expect("an image");
    assert_eq!(check_file(&wide, false), Err(ImageFileError::TooManyPixels { width: 8_001, height: 1 }));
    let heavy = std::fs::File::create(folder.path().join("heavy.png")).expect("a file");
    heavy.set_len(images::MAX_BYTES + (3 << 20)).expect("a long file");
    assert_eq!(
        check(folder.path(), &image_ref("heavy.png"), false),
        Err(ImageFileError::TooLarge { megabytes: 23 })
    );
}

#[test]
fn a_large_image_is_decoded_small_and_its_size_is_remembered() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.png");
    write(&path, 800, 400, ImageFormat::Png);
    let decoded = decode(&path, 200).expect("an image");
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
    assert_eq!(check(&inside, &image_ref("a.png"), true), out);
    assert_eq!(check(&inside, &image_ref("deep/a.png"), true), out);
    assert_eq!(check(&inside, &image_ref("other.png"), true), Ok(()), "a link inside the folder is fine");
}

#[test]
fn a_faulty_image_file_is_reported_where_the_deck_names_it() {
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
    assert_eq!(codes(&lints(&text)), ["picture-outside"], "the parser checks only the path");
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
    assert_eq!(std::fs::read_dir(&decks).expect("a folder").count(), 2, "no temporary file is left");
    assert_eq!(images::path_in_folder(&decks, &decks.join(&name)).as_deref(), Some(name.as_str()));
    assert_eq!(images::path_in_folder(&decks, &elsewhere), None);
}

#[cfg(unix)]
#[test]
fn a_picture_that_is_no_plain_file_is_refused_and_nobody_waits_for_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe.png");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    assert_eq!(check(folder.path(), &image_ref("pipe.png"), true), Err(ImageFileError::Missing));
    assert!(matches!(check_file(&pipe, true), Err(ImageFileError::Unreadable(_))));
    assert!(matches!(decode(&pipe, 100), Err(ImageFileError::Unreadable(_))));
    assert!(copy_into(folder.path(), &pipe, "copy.png").is_err());
}
