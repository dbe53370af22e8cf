/// The routes that place new observations into kept layouts. Start at
/// [PlaceRoutes][io.inscape.web.place.PlaceRoutes].
@NullMarked
package io.inscape.web.place;

import org.jspecify.annotations.NullMarked;
