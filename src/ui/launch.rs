//! Opens the window, and explains why it cannot be opened.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};

use crate::app::clock::Clock;
use crate::app::{Dirs, logging};

/// System libraries that are loaded at run time, with the Debian package of each.
/// Longer names come first, because some names are the beginning of others.
const PACKAGES: [(&str, &str); 14] = [
    ("libX11-xcb", "libx11-xcb1"),
    ("libX11", "libx11-6"),
    ("libXcursor", "libxcursor1"),
    ("libXext", "libxext6"),
    ("libXi.", "libxi6"),
    ("libXrandr", "libxrandr2"),
    ("libXrender", "libxrender1"),
    ("libxcb", "libxcb1"),
    ("libxkbcommon-x11", "libxkbcommon-x11-0"),
    ("libxkbcommon", "libxkbcommon0"),
    ("libwayland-client", "libwayland-client0"),
    ("libwayland-cursor", "libwayland-cursor0"),
    ("libwayland-egl", "libwayland-egl1"),
    ("libEGL", "libegl1"),
];

/// The end of the panic message of crates that cannot load a system library.
const NOT_LOADED: &str = ".so could not be loaded.";

/// Opens the window and stays until it is closed. The log begins once there is a display.
///
/// # Errors
/// When no window can be opened: the reason, in words that follow "no window can be opened here: ".
pub fn open_window(dirs: Dirs, clock: Clock) -> Result<(), String> {
    if let Some(why) = no_display() {
        return Err(why.to_owned());
    }
    logging::init(&dirs.data, "window");
    // Some crates panic when a system library is missing. That panic is reported below; all others use the usual hook.
    let default_hook = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if missing_library(panic.payload()).is_none() {
            default_hook(panic);
        }
    }));
    match panic::catch_unwind(AssertUnwindSafe(|| super::run(dirs, clock))) {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(describe_error(&error.to_string(), &format!("{error:?}"))),
        Err(payload) => match missing_library(&*payload) {
            Some(message) => Err(describe_error(message, message)),
            None => panic::resume_unwind(payload),
        },
    }
}

/// Says that there is no display, where one is needed; `None` when there is one.
fn no_display() -> Option<&'static str> {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let unix = cfg!(all(unix, not(target_os = "macos")));
    let has_display = ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"].into_iter().any(is_set);
    (unix && !has_display).then_some("there is no display (DISPLAY and WAYLAND_DISPLAY are not set)")
}

/// The message of a panic about a missing system library; `None` for any other panic.
fn missing_library(payload: &(dyn Any + Send)) -> Option<&str> {
    let message = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())?;
    message.contains(NOT_LOADED).then_some(message)
}

/// The error without the source file positions that winit puts before it, and with the package to install, if it is
/// known.
fn describe_error(error: &str, details: &str) -> String {
    // "winit EventLoopError: os error at /…/mod.rs:786: Failed to …"
    let error = match error.rsplit_once(".rs:") {
        Some((_, rest)) => rest.split_once(": ").map_or(rest, |(_, words)| words),
        None => error,
    };
    // The message of glutin lists every attribute that it looked for.
    let error = if error.contains("no glutin configs") { "OpenGL cannot be used" } else { error };
    let error = error.trim_end_matches('.');
    match package_for(error, details) {
        Some(package) => format!("{error}; on Debian or Ubuntu install it with: sudo apt install {package}"),
        None => error.to_owned(),
    }
}

/// The Debian package that is missing, if the error names a library.
fn package_for(error: &str, details: &str) -> Option<&'static str> {
    let named = PACKAGES.iter().find(|(library, _)| details.contains(library));
    if let Some((_, package)) = named {
        return Some(package);
    }
    // glutin does not name the library that it could not load.
    let is_gl = error.contains("glutin") || error.contains("egl") || error.contains("OpenGL");
    is_gl.then_some("libgl1 libegl1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_library_is_reported_with_its_package() {
        let message = describe_error(
            "winit EventLoopError: os error at /x/src/mod.rs:786: Failed to load one of xlib's shared libraries",
            "XNotSupported(LibraryOpenError(OpenError { kind: Library, detail: \"opening library failed (libXcursor.so.1: cannot open shared object file)\" }))",
        );
        assert!(message.starts_with("Failed to load one of xlib's shared libraries; on Debian"), "{message}");
        assert!(message.ends_with(" libxcursor1"), "{message}");
        let panic: Box<dyn Any + Send> =
            Box::new("Library libxkbcommon-x11.so could not be loaded.".to_owned());
        let message = missing_library(&*panic).expect("a library");
        assert!(describe_error(message, message).ends_with(" libxkbcommon-x11-0"));
        let no_gl = "Found no glutin configs matching the template: ConfigTemplate { … }. Error: not found";
        assert!(describe_error(no_gl, "").starts_with("OpenGL cannot be used; "));
        assert!(describe_error("glutin error: not found", "").ends_with("libgl1 libegl1"));
        let other: Box<dyn Any + Send> = Box::new("index out of bounds");
        assert_eq!(missing_library(&*other), None);
    }

    #[test]
    fn a_display_without_a_server_is_reported_without_a_package() {
        let error = "winit EventLoopError: os error at /x/mod.rs:786: Failed to open connection to X server";
        assert_eq!(describe_error(error, "XOpenDisplayFailed"), "Failed to open connection to X server");
    }
}
