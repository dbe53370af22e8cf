/// What the routes of the web server are made of: the table's rows, requests that are read by type,
/// answers, events, and what keeps other web pages out.
///
/// Start at [io.inscape.http.Route]. What is asked and answered is not known here.
@NullMarked
package io.inscape.http;

import org.jspecify.annotations.NullMarked;
