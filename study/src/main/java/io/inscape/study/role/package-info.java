/// What single units do, for whom, and what they hear. Start at
/// [UnitRoles][io.inscape.study.role.UnitRoles].
@NullMarked
package io.inscape.study.role;

import org.jspecify.annotations.NullMarked;
