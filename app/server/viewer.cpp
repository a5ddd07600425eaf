// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/viewer.h"

#include "server/pushchanges.h"
#include "workspace/facts.h"

#include <QCryptographicHash>

#include <algorithm>
#include <limits>

namespace Earshot {

namespace {

constexpr int mostWalked = 20'000;

QString meta(Database &database, const char *name)
{
    Statement find = database.statement("select_meta");
    return find.bind("name", QString(QLatin1StringView(name))).next() ? find.text(0) : QString();
}

/// Changes whenever a channel comes into the agent's sight or leaves it, or could have: of the channels with a team,
/// which it sees. A new channel for everybody changes nothing.
QString grantVersion(Database &database, const AgentFacts &agent)
{
    QByteArray text;
    Statement list = database.statement("list_restricted_channels");
    list.bind("agent", agent.id);
    while (list.next())
        text += QByteArray::number(list.integer(0)) + (agent.seesAllChannels() || list.integer(1) != 0 ? "+" : "-");
    if (text.isEmpty())
        return {};
    return u'.' + QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().left(12));
}

/// The first visible row of a walk from the newest on.
Seq firstVisible(Statement &walk, const Viewer &viewer, const QByteArray &table)
{
    Seq newest = 0;
    for (int walked = 0; walk.next(); ++walked) {
        const Seq seq = walk.integer(0);
        newest = std::max(newest, seq);
        if (viewer.sees(table, walk.integer(1), walk.integer(2)))
            return seq;
        if (walked == mostWalked)
            return newest;
    }
    return 0;
}

} // namespace

std::optional<Seq> Viewer::seqOf(const QString &state) const
{
    const qsizetype dash = state.lastIndexOf(u'-');
    bool isNumber = false;
    const Seq seq = QStringView(state).mid(dash + 1).toLongLong(&isNumber);
    if (dash < 0 || !isNumber || seq < 0 || state.left(dash) != stateStem)
        return std::nullopt;
    return seq;
}

Result<std::optional<Viewer>> loadViewer(Database &database, AgentId agent)
{
    const auto facts = loadActor(database, agent);
    if (!facts || facts->isDisabled)
        return database.result(std::optional<Viewer>());
    Viewer viewer;
    viewer.agent = agent;
    viewer.name = facts->name;
    viewer.role = facts->role;
    for (const ChannelId channel : facts->hiddenChannels)
        viewer.hidden.insert(channel.value);
    viewer.account = meta(database, "workspace");
    viewer.incarnation = meta(database, "incarnation");
    viewer.lineage = meta(database, "lineage");
    viewer.newest = lastSeqOf(database);
    viewer.stateStem = QString(viewer.incarnation).remove(u'-') + grantVersion(database, *facts);
    return database.result(std::optional(viewer));
}

Seq newestSeq(Database &database, const Viewer &viewer, const QByteArray &table)
{
    constexpr qint64 beyond = std::numeric_limits<qint64>::max();
    Seq newest = 0;
    {
        const QByteArray name = "newest_" + table;
        Statement walk = database.statement(name.constData());
        walk.bind("before", beyond);
        newest = firstVisible(walk, viewer, table);
    }
    Statement walk = database.statement("newest_tombstone");
    walk.bind("before", beyond).bind("name", QString::fromLatin1(table));
    return std::max(newest, firstVisible(walk, viewer, table));
}

Seq newestSeq(Database &database, const Viewer &viewer, const QList<QByteArray> &tables)
{
    Seq newest = 0;
    for (const QByteArray &table : tables)
        newest = std::max(newest, newestSeq(database, viewer, table));
    return newest;
}

Time newestWoken(Database &database, const Viewer &viewer, Time now)
{
    Statement walk = database.statement("select_last_woken");
    walk.bind("now", now);
    for (int walked = 0; walk.next() && walked < mostWalked; ++walked) {
        if (viewer.sees(ChannelId(walk.integer(1))))
            return timeFromMs(walk.integer(0));
    }
    return {};
}

} // namespace Earshot
