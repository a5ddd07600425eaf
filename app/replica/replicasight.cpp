// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "replica/replicafile.h"

#include "replica/emptying.h"
#include "replica/replicameta.h"

#include <QElapsedTimer>

namespace Earshot {

// How a replica parts with what it may not hold any more.

namespace {

QString toText(const QSet<qint64> &channels)
{
    QStringList words;
    for (const qint64 channel : channels)
        words.append(QString::number(channel));
    return words.join(QLatin1Char(' '));
}

} // namespace

Done ReplicaFile::startOver()
{
    const auto emptied = m_workspace.writeAlone([](Writing &writing) { return emptyReplica(writing); });
    const Done done = emptied.result();
    if (!done)
        return done;
    m_state.clear();
    m_slices.clear();
    m_toFetch.clear();
    m_description.isComplete = false;
    m_description.asOf = {};
    m_description.joining = {};
    m_isToSweep = true;
    m_isToIndex = true;
    // What could not be swept now is swept later: what is here is right.
    static_cast<void>(sweep());
    return {};
}

Result<QList<qint64>> ReplicaFile::channels()
{
    return m_workspace.readNow<QList<qint64>>([this](Database &database) -> Result<QList<qint64>> {
        // Some of the slices of what is being fetched may be here, and its own row not yet.
        QSet<qint64> ids = m_toFetch;
        Statement list = database.statement("list_channel_ids");
        while (list.next())
            ids.insert(list.integer(0));
        return database.result(QList<qint64>(ids.cbegin(), ids.cend()));
    });
}

Done ReplicaFile::changeSight(const QString &era, const QList<qint64> &withdrawn, const QSet<qint64> &added,
                              const std::function<bool()> &isWanted)
{
    QSet<qint64> wanted = m_toFetch + added;
    for (const qint64 channel : withdrawn)
        wanted.remove(channel);
    const QString state = era + QLatin1Char('-') + QString::number(numberOfState(m_state));
    const auto changed = m_workspace.writeAlone(
        [&](Writing &writing) { return withdrawChannels(writing, withdrawn, state, toText(wanted)); });
    const Done done = changed.result();
    if (!done)
        return done;
    m_state = state;
    m_toFetch = wanted;
    if (!withdrawn.isEmpty())
        m_slices.clear();
    m_isToSweep = m_isToSweep || !withdrawn.isEmpty();
    static_cast<void>(sweep(std::chrono::seconds(1), Sweeping::whole, isWanted));
    return {};
}

Done ReplicaFile::sweep(Duration most, Sweeping sweeping, const std::function<bool()> &isWanted)
{
    QElapsedTimer timer;
    timer.start();
    while (m_isToSweep) {
        bool isClean = false;
        bool isPutOff = false;
        const auto swept =
            m_workspace.writeAlone([&, path = path(), folder = m_workspace.mediaFolder()](Writing &writing) -> Done {
                Database &database = writing.database();
                const bool yields = isWanted && isNextSweepNoticed(database);
                isPutOff = (sweeping == Sweeping::brief && isNextSweepLong(database)) || (yields && isWanted());
                if (isPutOff)
                    return {};
                const auto result = sweepReplica(writing, path, folder, yields ? isWanted : nullptr);
                isPutOff = !result && result.error().kind == ErrorKind::cancelled;
                if (isPutOff)
                    return {};
                isClean = result.value_or(false);
                return result ? Done() : Done(tl::unexpected(result.error()));
            });
        const Done done = swept.result();
        m_isToSweep = !isClean;
        if (!done)
            return done;
        if (isPutOff || Duration(timer.elapsed()) > most)
            return {};
    }
    return {};
}

} // namespace Earshot
