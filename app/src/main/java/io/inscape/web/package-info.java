/// The web server: the page and the HTTP interface behind it, on this machine only unless told
/// otherwise.
///
/// Start at [io.inscape.web.Server]. Every route is a [io.inscape.http.Route] in one table, from
/// which both the live routes and the OpenAPI description are made.
@NullMarked
package io.inscape.web;

import org.jspecify.annotations.NullMarked;
