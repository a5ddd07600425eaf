// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/error.h"
#include "model/parting.h"
#include "server/httpconnection.h"
#include "server/jmaprequest.h"

namespace Earshot {

// The usual answers.

[[nodiscard]] HttpReply jsonAnswer(const QJsonObject &object, int status = 200);
/// RFC 7807.
[[nodiscard]] HttpReply problemAnswer(const Problem &problem);
[[nodiscard]] HttpReply plainProblem(int status, const QString &detail = {});
/// 401: who are you?
[[nodiscard]] HttpReply strangerAnswer();
/// 401 to a device whose token was good once. @param hash of its secret: the answer proves that we know it
[[nodiscard]] HttpReply partingAnswer(Parting parting, const QString &hash);
/// @param wait until it may be tried again
[[nodiscard]] HttpReply laterAnswer(int status, Duration wait, const QString &detail);

/// The workspace could not be read or written just now: 503, naming what it is.
[[nodiscard]] HttpReply troubleAnswer(const Error &error);

} // namespace Earshot
