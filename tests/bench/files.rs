//! Folders of made articles, as many as are asked for.

use std::fs;
use std::path::Path;

/// Makes so many folders of so many files, a few words each.
pub(crate) fn grow(folder: &Path, folders: usize, files: usize) {
    for d in 0..folders {
        let below = folder.join(format!("d{d:04}"));
        fs::create_dir_all(&below).expect("a folder");
        for f in 0..files {
            let n = d * files + f;
            let text = format!("Ship {n} arrives\n\nShip {n} came to the harbour of Lessick on day {} of its voyage.\n", n * 7);
            fs::write(below.join(format!("n{n:06}.txt")), text).expect("a file");
        }
    }
}
