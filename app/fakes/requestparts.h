// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/http.h"

#include <QUrlQuery>

namespace Earshot {

/// What a request's header says, or nothing; its name in any case.
[[nodiscard]] QByteArray headerOf(const HttpRequest &request, const QByteArray &name);

/// A form as a browser or a client's library encodes it: a plus is a space.
[[nodiscard]] QUrlQuery formFrom(const QByteArray &encoded);

/// One value of a form or of an address's query, decoded whole.
[[nodiscard]] QString item(const QUrlQuery &query, const char *name);

} // namespace Earshot
