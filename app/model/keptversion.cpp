// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/keptversion.h"

#include "model/actionjson.h"
#include "model/htmltext.h"
#include "model/words.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>

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

QString versionOf(const ViewContent &view)
{
    ViewContent tidy = view;
    static_cast<void>(tidyView(tidy));
    const ViewFilter &filter = tidy.filter;
    const QList<TagId> tags = filter.tags + filter.withoutTags;
    if (std::any_of(tags.cbegin(), tags.cend(), [](TagId tag) { return isForecast(tag); }))
        return {};
    return digest({QString::fromUtf8(QJsonDocument(toJson(tidy)).toJson(QJsonDocument::Compact))});
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

namespace {

void rebase(QString &was, const QString &now)
{
    if (!was.isEmpty())
        was = now;
}

/// What is changed, or taken away, of what everybody has.
void rebaseShared(ActionArguments &arguments, const Facts &facts)
{
    const auto ofView = [&facts](auto &wish) {
        for (const ViewFacts &view : facts.views) {
            if (view.id == wish.view)
                rebase(wish.was, versionOf(view.content));
        }
    };
    if (auto *reply = std::get_if<Act::KeepSavedReply>(&arguments); reply && facts.savedReply)
        rebase(reply->was, versionOf(*facts.savedReply));
    else if (auto *goingReply = std::get_if<Act::RemoveSavedReply>(&arguments); goingReply && facts.savedReply)
        rebase(goingReply->was, versionOf(*facts.savedReply));
    else if (auto *macro = std::get_if<Act::KeepMacro>(&arguments); macro && facts.macro)
        rebase(macro->was, versionOf(*facts.macro));
    else if (auto *goingMacro = std::get_if<Act::RemoveMacro>(&arguments); goingMacro && facts.macro)
        rebase(goingMacro->was, versionOf(*facts.macro));
    else if (auto *view = std::get_if<Act::SaveView>(&arguments))
        ofView(*view);
    else if (auto *goingView = std::get_if<Act::RemoveView>(&arguments))
        ofView(*goingView);
}

} // namespace

ActionArguments basedOnPresent(ActionArguments arguments, const Facts &facts)
{
    // Also what said nothing: a note is a colleague's words, which nobody overwrites unseen.
    if (auto *edit = std::get_if<Act::EditNote>(&arguments); edit && facts.message)
        edit->was = versionOfNote(facts.message->text);
    else if (auto *channel = std::get_if<Act::EditChannel>(&arguments); channel && facts.channel)
        rebase(channel->was, versionOf(*facts.channel, *channel));
    else if (auto *agent = std::get_if<Act::EditAgent>(&arguments); agent && facts.agent)
        rebase(agent->was, versionOf(facts.agent->name, facts.agent->role));
    else if (auto *split = std::get_if<Act::SplitContact>(&arguments); split && split->from.isValid() && facts.contact)
        split->from = facts.contact->mergedInto;
    else if (auto *retry = std::get_if<Act::RetryDelivery>(&arguments); retry && retry->attempts > 0 && facts.delivery)
        retry->attempts = facts.delivery->attempts;
    else
        rebaseShared(arguments, facts);
    return arguments;
}

} // namespace Earshot
