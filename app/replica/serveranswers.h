// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/parting.h"
#include "model/secret.h"
#include "networks/http.h"
#include "replica/replicaserver.h"

#include <QUrl>

namespace Earshot {

/// What answers mean that come from where one server is asked: its own, and those of whatever is on the way to it and
/// answers in its stead. From any thread; the clock outlives it.
class ServerAnswers final
{
public:
    ServerAnswers(const QUrl &server, const Clock &clock);

    /// Whether a 401 is Earshot's own word. Any other is of something on the way to it: a hotel's log-in page, a proxy.
    [[nodiscard]] static bool isOfEarshot(const HttpAnswer &refusal);
    /// What the server itself says to this very token, wherever else a 401 may come from.
    [[nodiscard]] static Parting parting(const HttpAnswer &refusal, const Secret &token);
    /// Why it is none that was hoped for.
    [[nodiscard]] Error error(const HttpAnswer &answer) const;
    /// What a 200 holds.
    [[nodiscard]] Result<QJsonObject> object(const HttpAnswer &answer) const;
    /// What so many methods answer.
    [[nodiscard]] Result<QList<ServerCall>> calls(const HttpAnswer &answer, qsizetype count) const;

private:
    const QUrl m_server;
    const Clock &m_clock;
};

} // namespace Earshot
