// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/conversation/sentences.h"
#include "ui/settings/journaldialog.h"
#include "ui/shell/wording.h"

namespace Earshot {

// The journal's lines in words.

namespace {

QString moment(const QString &iso)
{
    return Wording::clockTime(timeFrom(QDateTime::fromString(iso, Qt::ISODateWithMs)));
}

} // namespace

/// What was done to views and notices; empty = something else.
QString JournalDialog::sentenceOfViews(const JournalRecord &line, const QString &who)
{
    const QString before = Wording::isolated(line.before);
    const QString after = Wording::isolated(line.after);
    const auto is = [&line](const char *kind) { return line.kind == QLatin1StringView(kind); };
    if (is("saveView"))
        return line.before.isEmpty() ? tr("%1 made the view %2").arg(who, after)
                                     : tr("%1 changed the view %2").arg(who, after);
    if (is("removeView"))
        return tr("%1 removed the view %2").arg(who, before);
    if (is("moveView"))
        return tr("%1 moved the view %2").arg(who, after);
    if (is("pinNotice"))
        return tr("%1 pinned a notice: %2").arg(who, after);
    if (is("unpinNotice"))
        return tr("%1 took a notice down: %2").arg(who, before);
    return {};
}

/// What was done to a channel, and what became of it; empty = something else.
QString JournalDialog::sentenceOfChannels(const JournalRecord &line, const QString &who)
{
    const QString channel = line.channelName.isEmpty() ? tr("(not known here)") : Wording::isolated(line.channelName);
    const QString after = Wording::isolated(line.after);
    const auto is = [&line](const char *kind) { return line.kind == QLatin1StringView(kind); };
    if (is("gap"))
        return tr("The network of %1 gave no more history: something may be missing between %2 and %3")
            .arg(channel, moment(line.before), moment(line.after));
    if (is("addChannel"))
        return tr("%1 connected the channel %2").arg(who, after);
    if (is("editChannel"))
        return tr("%1 changed the channel %2").arg(who, channel);
    if (is("removeChannel"))
        return tr("%1 removed the channel %2").arg(who, channel);
    if (is("pauseSending"))
        return tr("%1 stopped sending on %2: %3").arg(who, channel, after);
    if (is("resumeSending"))
        return tr("%1 resumed sending on %2").arg(who, channel);
    if (is("setChannelTeam"))
        return line.after.isEmpty() ? tr("%1 opened the channel %2 to everybody").arg(who, channel)
                                    : tr("%1 gave the channel %2 to the team %3").arg(who, channel, after);
    return {};
}

/// "word number", as the journal keeps settings.
QString JournalDialog::sentenceOfSetting(const JournalRecord &line, const QString &who)
{
    const QString number = line.after.section(QLatin1Char(' '), 1);
    const auto setting = fromWord<Setting>(line.after.section(QLatin1Char(' '), 0, 0));
    if (!setting)
        return tr("%1 changed a setting: %2").arg(who, Wording::isolated(line.after));
    switch (*setting) {
    case Setting::undoSeconds:
        return tr("%1 set the time in which sending can be undone: %2 s").arg(who, number);
    case Setting::reopenDays:
        return tr("%1 set the days after which a new conversation begins: %2").arg(who, number);
    }
    return {};
}

QString JournalDialog::sentence(const JournalRecord &line, const QHash<qint64, QString> &agentNames)
{
    const QString who = line.agentName.isEmpty() ? tr("The network") : Wording::isolated(line.agentName);
    const QString before = Wording::isolated(line.before);
    const QString after = Wording::isolated(line.after);
    const auto is = [&line](const char *kind) { return line.kind == QLatin1StringView(kind); };
    if (is("sendReply"))
        return tr("%1 answered").arg(who);
    if (is("addNote"))
        return tr("%1 wrote a note").arg(who);
    if (is("editNote"))
        return tr("%1 changed a note").arg(who);
    if (is("edited"))
        return tr("A message was edited on the network");
    if (is("deleted"))
        return tr("A message was deleted on the network");
    if (is("answeredOnNetwork"))
        return tr("Answered on the network");
    if (is("setDuty"))
        return line.after == QLatin1StringView("on") ? tr("%1: on duty").arg(who) : tr("%1: off duty").arg(who);
    if (is("addAgent"))
        return tr("%1 added the agent %2").arg(who, after);
    if (is("editAgent"))
        return tr("%1 changed the agent %2 to %3").arg(who, before, after);
    if (is("keepSavedReply"))
        return tr("%1 saved the saved reply %2").arg(who, after);
    if (is("removeSavedReply"))
        return tr("%1 removed the saved reply %2").arg(who, before);
    if (is("keepMacro"))
        return tr("%1 saved the macro %2").arg(who, after);
    if (is("removeMacro"))
        return tr("%1 removed the macro %2").arg(who, before);
    if (is("addTeam"))
        return tr("%1 made the team %2").arg(who, after);
    if (is("setTeamMember"))
        return line.before.isEmpty() ? tr("%1 added to a team: %2").arg(who, after)
                                     : tr("%1 removed from a team: %2").arg(who, before);
    if (is("renameTeam"))
        return tr("%1 renamed the team %2 to %3").arg(who, before, after);
    if (is("removeTeam"))
        return tr("%1 removed the team %2").arg(who, before);
    if (is("changeSetting"))
        return sentenceOfSetting(line, who);
    if (const QString ofChannels = sentenceOfChannels(line, who); !ofChannels.isEmpty())
        return ofChannels;
    const QString ofViews = sentenceOfViews(line, who);
    return ofViews.isEmpty() ? Sentences::event(line, agentNames) : ofViews;
}

} // namespace Earshot
