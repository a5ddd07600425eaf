// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/keptversion.h"

#include "model/htmltext.h"
#include "model/words.h"

#include <QCryptographicHash>

namespace Earshot {

namespace {

constexpr int longestName = 80;
constexpr qsizetype digits = 16;

QString digest(const QStringList &parts)
{
    const QByteArray text = parts.join(QChar(u'\0')).toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().first(digits));
}

template <class Channel>
QString versionOfChannel(const Channel &channel, const Act::EditChannel &wish)
{
    return digest({wish.name ? channel.name : QString(), wish.purpose ? word(channel.purpose) : QString(),
                   wish.pullEverySeconds ? QString::number(channel.pullEverySeconds) : QString()});
}

} // namespace

Act::KeepSavedReply tidied(Act::KeepSavedReply reply)
{
    reply.name = cleanLine(reply.name, longestName);
    reply.was.clear();
    return reply;
}

Act::KeepMacro tidied(Act::KeepMacro macro)
{
    macro.name = cleanLine(macro.name, longestName);
    macro.key = macro.key.toUpper();
    macro.was.clear();
    return macro;
}

QString versionOf(const Act::KeepSavedReply &reply)
{
    const Act::KeepSavedReply tidy = tidied(reply);
    return digest({tidy.name, tidy.text});
}

QString versionOf(const Act::KeepMacro &macro)
{
    const Act::KeepMacro tidy = tidied(macro);
    return digest({tidy.name, tidy.key, stepsToText(tidy.steps)});
}

QString versionOf(const QString &agentName, Role role)
{
    return digest({cleanLine(agentName, longestName), word(role)});
}

QString versionOfNote(const QString &text)
{
    return digest({cleanText(text)});
}

QString versionOf(const ChannelFacts &channel, const Act::EditChannel &wish)
{
    return versionOfChannel(channel, wish);
}

QString versionOf(const ChannelRecord &channel, const Act::EditChannel &wish)
{
    return versionOfChannel(channel, wish);
}

ActionArguments basedOnPresent(ActionArguments arguments, const Facts &facts)
{
    const auto rebase = [](QString &was, const QString &now) {
        if (!was.isEmpty())
            was = now;
    };
    // Also what said nothing: a note is a colleague's words, which nobody overwrites unseen.
    if (auto *edit = std::get_if<Act::EditNote>(&arguments); edit && facts.message)
        edit->was = versionOfNote(facts.message->text);
    else if (auto *channel = std::get_if<Act::EditChannel>(&arguments); channel && facts.channel)
        rebase(channel->was, versionOf(*facts.channel, *channel));
    else if (auto *reply = std::get_if<Act::KeepSavedReply>(&arguments); reply && facts.savedReply)
        rebase(reply->was, versionOf(*facts.savedReply));
    else if (auto *macro = std::get_if<Act::KeepMacro>(&arguments); macro && facts.macro)
        rebase(macro->was, versionOf(*facts.macro));
    else if (auto *agent = std::get_if<Act::EditAgent>(&arguments); agent && facts.agent)
        rebase(agent->was, versionOf(facts.agent->name, facts.agent->role));
    return arguments;
}

} // namespace Earshot
