// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/outcome.h"
#include "replica/serverconnection.h"

#include <QJsonArray>

namespace Earshot {

// Action/perform as it is asked and answered.

/// @param actions as the wire has them; none of them asks only whether the server answers
[[nodiscard]] ServerCall performCall(const QJsonArray &actions, const ServerSession &session);
/// The outcomes as far as they can be read.
[[nodiscard]] QList<Outcome> outcomesIn(const QJsonObject &answer);

/// The server's own method has understood the request and will not have it: it is not done, and would not be if it came
/// again. Whatever else is not understood may be a proxy's, and is no refusal: what was sent may have been done.
[[nodiscard]] bool isRefusedAsAWhole(ErrorKind kind);
/// What that is to a person.
[[nodiscard]] RefusalKind refusalOf(ErrorKind kind);

/// How often in a row one action, sent alone, has been answered by something else than the server. A reply's words may
/// look like an attack to what is on the way.
class TurnedAway
{
public:
    /// Whether that may be so because of what is in the request: then another one may get through.
    [[nodiscard]] static bool isIt(ErrorKind kind);
    /// Counts one more. @return whether it is time to ask if it is so of this one alone
    [[nodiscard]] bool isOften(const QList<qint64> &entries, ErrorKind kind);
    /// These were turned away before, and nothing else since.
    [[nodiscard]] bool isCounted(const QList<qint64> &entries) const
    {
        return m_times > 0 && entries == QList<qint64>{m_entry};
    }
    /// What a person is told, in known words (ErrorText::reason()).
    [[nodiscard]] static QString reason();
    /// Something else got an answer after that: what is turned away once more then is so alone.
    void setAlone(bool isAlone) { m_isAlone = isAlone; }
    [[nodiscard]] bool isAlone() const { return m_isAlone; }
    void forget() { *this = {}; }

private:
    qint64 m_entry = 0;
    int m_times = 0;
    bool m_isAlone = false;
};

} // namespace Earshot
