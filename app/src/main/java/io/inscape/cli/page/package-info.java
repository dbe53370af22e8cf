/// The commands' common way of showing a study in the browser.
///
/// Start at [io.inscape.cli.page.StudyPage].
@NullMarked
package io.inscape.cli.page;

import org.jspecify.annotations.NullMarked;
