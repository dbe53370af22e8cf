/// Data sets of texts: one line each, with the tokenizer that makes numbers of them. Start at
/// [TextSets#open][io.inscape.dataset.text.TextSets#open(io.inscape.dataset.DataRequest)].
@NullMarked
package io.inscape.dataset.text;

import org.jspecify.annotations.NullMarked;
