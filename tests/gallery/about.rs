//! The page About, and a licence.

use eframe::egui::{Key, Modifiers, vec2};

use super::album::Gallery;
use super::util::Opening;

pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    let small = vec2(640.0, 480.0);
    for (name, size, text_percent) in
        [("", vec2(1280.0, 800.0), 100), ("-small", small, 100), ("-200-percent", small, 200)]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let opening = Opening { dark, size, text_percent, pictures: true, ..Opening::new(folder.path()) };
        let mut bench = opening.open();
        bench.chord(Modifiers::COMMAND, Key::Num5);
        for _ in 0..6 {
            bench.key(Key::PageDown);
        }
        gallery.picture(&mut bench, &format!("about-settings{name}-{theme}"));
        bench.chord(Modifiers::COMMAND, Key::K);
        bench.text("about");
        bench.key(Key::Enter);
        gallery.picture(&mut bench, &format!("about{name}-{theme}"));
        bench.key(Key::Slash);
        bench.text("font");
        bench.key(Key::Escape);
        bench.key(Key::ArrowDown);
        gallery.picture(&mut bench, &format!("about-search{name}-{theme}"));
        bench.key(Key::Enter);
        gallery.picture(&mut bench, &format!("about-licence{name}-{theme}"));
    }
}
