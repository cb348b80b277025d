//! Whether pictures can be drawn here.

use crate::fixtures::skip;

/// Whether a Vulkan driver is there, hardware or software: without one no picture can be drawn.
pub fn can_draw_pictures() -> bool {
    let folders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d"];
    let found = folders
        .iter()
        .any(|folder| std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()));
    if !cfg!(target_os = "linux") || found {
        return true;
    }
    skip("pictures of the window", "no Vulkan driver is installed (Debian: mesa-vulkan-drivers)");
    false
}
