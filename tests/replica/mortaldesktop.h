// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/action.h"
#include "model/outcome.h"

#include <QFuture>
#include <QHash>
#include <QJsonObject>
#include <QProcess>
#include <QPromise>

#include <map>

namespace Earshot {

/// A desktop without a window in a process of its own, on a replica that nobody else has open: follows its server and
/// does what it is told, until it is ended by `kill -9`.
class MortalDesktop
{
public:
    /// Action::basedOn of what is based on what that process has of the conversation when it begins with it.
    static constexpr Seq asSeen = -1;

    /// @param arguments of this program, which calls obeyUntilKilled() with what follows @param clock what its own
    /// clock says whenever it is told something
    MortalDesktop(const QStringList &arguments, const QString &path, const QByteArray &token, const Clock &clock);
    ~MortalDesktop() { kill(); }

    /// What was said of them; nothing = it was killed before that.
    /// @param conversations of each, where it is based on what is seen there
    [[nodiscard]] QFuture<QList<Outcome>> perform(const QList<Action> &actions,
                                                  const QList<ConversationId> &conversations);
    /// A draft of a reply. It is durable when the future has a result; whether one that has none is, nobody knows.
    [[nodiscard]] QFuture<QList<Outcome>> write(ConversationId conversation, const QString &text);
    /// So many lists it has begun with.
    [[nodiscard]] qsizetype begun() const { return m_begun; }
    /// It has said of all that it was to do what becomes of it.
    [[nodiscard]] bool hasToldAll() const { return m_told.empty(); }
    /// What an action was based on; 0 = not known.
    [[nodiscard]] Seq basedOn(const QUuid &action) const { return m_basedOn.value(action); }
    /// All that it said is heard then.
    void kill();

private:
    void hear();
    [[nodiscard]] QFuture<QList<Outcome>> tell(QJsonObject order);

    const Clock &m_clock;
    QProcess m_process;
    QHash<int, QList<QUuid>> m_ids; ///< of each list
    QHash<QUuid, Seq> m_basedOn;
    std::map<int, QPromise<QList<Outcome>>> m_told; ///< that is to come, by the list's number
    int m_last = 0;
    qsizetype m_begun = 0;
};

/// The other end: main() calls it with what MortalDesktop adds to its arguments.
[[nodiscard]] int obeyUntilKilled(const QStringList &arguments);

} // namespace Earshot
