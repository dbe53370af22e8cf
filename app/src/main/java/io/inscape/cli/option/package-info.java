/// Flags made from parameter records: [MethodOptions] for a choice of methods with the options of
/// each, [RecordOptions] for the options of one record. Beside them the flags that many commands
/// share.
@NullMarked
package io.inscape.cli.option;

import org.jspecify.annotations.NullMarked;
