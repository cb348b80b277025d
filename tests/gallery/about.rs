//! The page About, and a licence.

use eframe::egui::{Key, Modifiers, vec2};

use crate::album::Gallery;
use crate::fixtures::{DataFolder, WindowOptions};

pub fn draw(gallery: &mut Gallery, dark: bool, theme: &str) {
    let small = vec2(640.0, 480.0);
    for (name, size, text_percent) in
        [("", vec2(1280.0, 800.0), 100), ("-small", small, 100), ("-200-percent", small, 200)]
    {
        let folder = DataFolder::new();
        let opening =
            WindowOptions { dark, size, text_percent, renders: true, ..WindowOptions::new(&folder) };
        let mut window = opening.open();
        window.press_with(Modifiers::COMMAND, Key::Num5);
        for _ in 0..6 {
            window.press(Key::PageDown);
        }
        gallery.screenshot(&mut window, &format!("about-settings{name}-{theme}"));
        window.press_with(Modifiers::COMMAND, Key::K);
        window.type_text("about");
        window.press(Key::Enter);
        gallery.screenshot(&mut window, &format!("about{name}-{theme}"));
        window.press(Key::Slash);
        window.type_text("font");
        window.press(Key::Escape);
        window.press(Key::ArrowDown);
        gallery.screenshot(&mut window, &format!("about-search{name}-{theme}"));
        window.press(Key::Enter);
        gallery.screenshot(&mut window, &format!("about-licence{name}-{theme}"));
    }
}
