// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "workspace/queries.h"

#include "model/mediajson.h"

#include <QJsonDocument>

#include <algorithm>

namespace Earshot {

namespace {

Duration durationFrom(Statement &row)
{
    qint64 ms = 0;
    row >> ms;
    return Duration(ms);
}

void readCapabilities(Statement &row, Capabilities &c)
{
    qint64 mediaBytes = 0;
    row >> c.canReply >> c.canReplyPrivately >> c.canLike >> c.canBoost >> c.canHide >> c.canDeleteOwn;
    row >> c.canAskBeforePublishing >> c.hasContentWarning >> c.countRule >> c.maxLength >> c.perUrl >> c.maxMedia;
    row >> mediaBytes;
    c.maxMediaBytes = mediaBytes;
    c.keyLifetime = durationFrom(row);
    c.visibilityDelay = durationFrom(row);
}

} // namespace

Result<QList<AgentRecord>> loadAgents(Database &database)
{
    QList<AgentRecord> agents;
    Statement rows = database.statement("list_agents");
    while (rows.next()) {
        AgentRecord agent;
        rows >> agent.id >> agent.name >> agent.role >> agent.isOnDuty >> agent.isDisabled >> agent.openLimit;
        agents.append(agent);
    }
    return database.result(agents);
}

Result<QList<TeamRecord>> loadTeams(Database &database)
{
    QList<TeamRecord> teams;
    QHash<TeamId, qsizetype> places;
    Statement rows = database.statement("list_teams");
    while (rows.next()) {
        TeamRecord team;
        rows >> team.id >> team.name;
        places.insert(team.id, teams.size());
        teams.append(team);
    }
    Statement members = database.statement("list_team_members");
    while (members.next()) {
        TeamId team;
        AgentId agent;
        members >> team >> agent;
        if (const auto place = places.constFind(team); place != places.cend())
            teams[*place].members.append(agent);
    }
    return database.result(teams);
}

Result<QList<TagRecord>> loadTags(Database &database)
{
    QList<TagRecord> tags;
    Statement rows = database.statement("list_tags");
    while (rows.next()) {
        TagRecord tag;
        rows >> tag.id >> tag.name;
        tags.append(tag);
    }
    return database.result(tags);
}

Result<QList<SavedReplyRecord>> loadSavedReplies(Database &database)
{
    QList<SavedReplyRecord> replies;
    Statement rows = database.statement("list_saved_replies");
    while (rows.next()) {
        SavedReplyRecord reply;
        rows >> reply.id >> reply.name >> reply.text;
        replies.append(reply);
    }
    return database.result(replies);
}

Result<QList<MacroRecord>> loadMacros(Database &database)
{
    QList<MacroRecord> macros;
    Statement rows = database.statement("list_macros");
    while (rows.next()) {
        MacroRecord macro;
        QString steps;
        rows >> macro.id >> macro.name >> macro.key >> steps;
        macro.steps = stepsFromText(steps);
        macros.append(macro);
    }
    return database.result(macros);
}

Result<QList<ChannelRecord>> loadChannels(Database &database, bool withRemoved)
{
    QList<ChannelRecord> channels;
    Statement rows = database.statement("list_channels");
    rows.bind("with_removed", withRemoved);
    while (rows.next()) {
        ChannelRecord c;
        rows >> c.id >> c.network >> c.address >> c.name >> c.baseUrl >> c.accountId >> c.accountHandle;
        rows >> c.accountName >> c.login >> c.purpose >> c.pullEverySeconds >> c.horizon >> c.workSince >> c.removedAt;
        rows >> c.pausedBy >> c.pauseReason >> c.health >> c.healthDetail >> c.healthSince >> c.healthUntil;
        readCapabilities(rows, c.capabilities);
        rows >> c.lastPullAt >> c.nextPullAt >> c.team >> c.capabilities.canHideBelowOwn;
        rows >> c.capabilities.maxPrivateLength >> c.limit.left >> c.limit.resetAt;
        rows >> c.pause.heardUntil >> c.pause.heardAgain >> c.isBehind;
        channels.append(c);
    }
    return database.result(channels);
}

Time newestPull(const QList<ChannelRecord> &channels)
{
    Time newest;
    for (const ChannelRecord &channel : channels)
        newest = std::max(newest, channel.lastPullAt);
    return newest;
}

Result<QList<DraftRecord>> loadDrafts(Database &database, AgentId me, ConversationId conversation)
{
    QList<DraftRecord> drafts;
    Statement rows = database.statement("select_drafts");
    rows.bind("me", me).bind("conversation", conversation);
    while (rows.next()) {
        DraftRecord d;
        QString media;
        QString leftOut;
        rows >> d.conversation >> d.mode >> d.text >> d.contentWarning >> d.target >> d.basedOn >> d.updatedAt;
        rows >> media >> leftOut >> d.language >> d.history;
        d.media = mediaFromJson(QJsonDocument::fromJson(media.toUtf8()).array());
        d.leftOut = leftOut.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        if (DraftRecord::isKnown(d.mode))
            drafts.append(d);
    }
    return database.result(drafts);
}

Result<QString> loadSetting(Database &database, AgentId me, const QString &name)
{
    QString value;
    Statement row = database.statement("select_setting");
    // Settings of the whole desk are kept under agent 0.
    if (row.bind("me", me.value).bind("name", name).next())
        value = row.text(0);
    return database.result(value);
}

} // namespace Earshot
