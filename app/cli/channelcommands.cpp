// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/call.h"
#include "cli/channelchoice.h"
#include "cli/commandgroups.h"
#include "cli/deed.h"
#include "cli/present.h"
#include "cli/when.h"
#include "model/keptversion.h"

#include <QJsonArray>

#include <limits>

namespace Earshot {

namespace {

constexpr qint64 longestSecret = 64 * 1024;

/// A secret's file without the line feed that editors add.
Result<Secret> readSecret(const QString &file)
{
    Result<QByteArray> content = readInput(file, longestSecret);
    if (!content)
        return tl::unexpected(content.error());
    if (content->endsWith('\n'))
        content->chop(1);
    if (content->endsWith('\r'))
        content->chop(1);
    if (content->isEmpty())
        return fail(ErrorKind::invalid, QStringLiteral("%1 is empty").arg(file));
    return Secret(*content);
}

/// The secret of --password-file or --token-file; an empty one when neither was given.
Result<Secret> givenSecret(const Call &call)
{
    if (int(call.has("password-file")) + int(call.has("token-file")) + int(call.has("browser")) > 1)
        return fail(ErrorKind::invalid, QStringLiteral("One of --password-file, --token-file and --browser, not two"));
    if (call.has("password-file"))
        return readSecret(call.value("password-file"));
    if (call.has("token-file"))
        return readSecret(call.value("token-file"));
    return Secret();
}

/// The value of an option that takes a word of a list.
template <class Enum>
Result<std::optional<Enum>> givenWord(const Call &call, const char *option)
{
    if (!call.has(option))
        return std::optional<Enum>();
    const std::optional<Enum> value = fromWord<Enum>(call.value(option));
    if (!value)
        return fail(ErrorKind::invalid, QStringLiteral("--%1 is one of %2, not \"%3\"")
                                            .arg(QString::fromLatin1(option), words<Enum>().join(QStringLiteral(", ")),
                                                 call.value(option)));
    return value;
}

/// Everything but the finding. Looked at before anything is asked of a network.
Result<NewChannel> givenChannel(const Call &call)
{
    NewChannel channel;
    channel.name = call.value("name");
    channel.user = call.value("user");
    const Result<std::optional<Purpose>> purpose = givenWord<Purpose>(call, "purpose");
    if (!purpose)
        return tl::unexpected(purpose.error());
    channel.purpose = purpose->value_or(Purpose::support);
    const QString since = call.has("since") ? call.value("since") : QStringLiteral("30d");
    const QString work = call.has("work-since") ? call.value("work-since") : QStringLiteral("now");
    const Result<Time> horizon = parsePast(since, call.now(), call.zone());
    const Result<Time> workSince = parsePast(work, call.now(), call.zone());
    if (!horizon || !workSince)
        return tl::unexpected(!horizon ? horizon.error() : workSince.error());
    channel.horizon = *horizon;
    channel.workSince = *workSince;
    channel.isHorizonAgo = isCountedFromNow(since);
    channel.isWorkSinceAgo = isCountedFromNow(work);
    Result<Secret> secret = givenSecret(call);
    if (!secret)
        return tl::unexpected(secret.error());
    channel.secret = *secret;
    return channel;
}

/// The secret of --browser. The page's address goes to standard error, also with --json: nothing goes on without it.
Result<Secret> signInByBrowser(Call &call, ChannelService &service, const Finding &finding)
{
    QObject context;
    QObject::connect(&service, &ChannelService::signInPageReady, &context, [&call](const QUrl &page) {
        call.output().invitation(QStringLiteral("Open this page in a browser on this machine; the command goes on by "
                                                "itself:\n%1")
                                     .arg(page.toString(QUrl::FullyEncoded)));
    });
    Result<Secret> secret = call.wait(service.signIn(finding));
    if (!secret && secret.error().kind == ErrorKind::cancelled)
        service.cancelSignIn();
    return secret;
}

Done addChannel(Call &call)
{
    const Result<std::optional<Network>> network = givenWord<Network>(call, "network");
    if (!network)
        return tl::unexpected(network.error());
    Result<NewChannel> channel = givenChannel(call);
    if (!channel)
        return tl::unexpected(channel.error());
    if (Done opened = call.open(Call::For::acting); !opened)
        return tl::unexpected(opened.error());
    ChannelService &service = call.channels();
    const auto findings = call.wait(service.discover(call.argument(0)));
    if (!findings)
        return tl::unexpected(findings.error());
    const ChannelWish wish{call.argument(0),       *network,           call.has("user"), call.has("password-file"),
                           call.has("token-file"), call.has("browser")};
    const Result<Finding> finding = chooseFinding(*findings, wish);
    if (!finding)
        return tl::unexpected(finding.error());
    channel->finding = *finding;
    if (call.has("browser")) {
        const Result<Secret> secret = signInByBrowser(call, service, *finding);
        if (!secret)
            return tl::unexpected(secret.error());
        channel->secret = *secret;
    }
    const Result<ChannelId> id = call.wait(service.addChannel(*channel));
    if (!id)
        return tl::unexpected(id.error());
    const Result<ChannelRecord> added = call.channel(QString::number(id->value));
    if (!added)
        return tl::unexpected(added.error());
    call.output().text(QStringLiteral("Connected channel %1: %2 (%3, %4).\nearshotctl pull fetches what is there.")
                           .arg(QString::number(id->value), added->name, word(added->network), added->address));
    call.output().json(channelJson(*added));
    return {};
}

Done find(Call &call)
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return tl::unexpected(opened.error());
    const auto findings = call.wait(call.channels().discover(call.argument(0)));
    if (!findings)
        return tl::unexpected(findings.error());
    Table table({QStringLiteral("BEST"), QStringLiteral("NETWORK"), QStringLiteral("WHAT"), QStringLiteral("NAME"),
                 QStringLiteral("NEEDS"), QStringLiteral("ADDRESS")});
    QJsonArray json;
    for (const Finding &finding : *findings) {
        table.add({finding.isBest ? QStringLiteral("best") : QString(), word(finding.network), finding.what,
                   finding.name, missingOptions(finding, {}).join(QStringLiteral(", ")), finding.address});
        json.append(findingJson(finding));
    }
    if (findings->isEmpty())
        call.output().text(QStringLiteral("Nothing to connect was found at %1.").arg(call.argument(0)));
    else
        call.output().table(table);
    call.output().json(json);
    return {};
}

Done listChannels(Call &call)
{
    if (Done opened = call.open(Call::For::reading); !opened)
        return tl::unexpected(opened.error());
    const auto channels = call.ask(Ask::Channels());
    if (!channels)
        return tl::unexpected(channels.error());
    Table table({QStringLiteral("ID"), QStringLiteral("NETWORK"), QStringLiteral("NAME"), QStringLiteral("HEALTH"),
                 QStringLiteral("LAST PULL"), QStringLiteral("ADDRESS")});
    QJsonArray json;
    for (const ChannelRecord &channel : *channels) {
        const QString health = channel.healthDetail.isEmpty()
                                   ? word(channel.health)
                                   : word(channel.health) + QStringLiteral(": ") + channel.healthDetail;
        table.add({QString::number(channel.id.value), word(channel.network), channel.name, health,
                   call.shown(channel.lastPullAt), channel.address});
        json.append(channelJson(channel));
    }
    call.output().table(table);
    call.output().json(json);
    return {};
}

/// Opens the workspace; the channel that the first argument names.
Result<ChannelRecord> givenChannelToActOn(Call &call)
{
    if (Done opened = call.open(Call::For::acting); !opened)
        return tl::unexpected(opened.error());
    return call.channel(call.argument(0));
}

Done test(Call &call)
{
    const Result<ChannelRecord> channel = givenChannelToActOn(call);
    if (!channel)
        return tl::unexpected(channel.error());
    const Result<Capabilities> can = call.wait(call.channels().testChannel(channel->id));
    if (!can)
        return tl::unexpected(can.error());
    call.output().text(QStringLiteral("%1 answers. Replies: %2, private replies: %3, hiding: %4.")
                           .arg(channel->name, can->canReply ? QStringLiteral("yes") : QStringLiteral("no"),
                                can->canReplyPrivately ? QStringLiteral("yes") : QStringLiteral("no"),
                                can->canHide           ? QStringLiteral("yes")
                                : can->canHideBelowOwn ? QStringLiteral("below our own posts")
                                                       : QStringLiteral("no")));
    call.output().json(QJsonObject{{QStringLiteral("channel"), channel->id.value},
                                   {QStringLiteral("capabilities"), capabilitiesJson(*can)}});
    return {};
}

Done renew(Call &call)
{
    Result<Secret> secret = givenSecret(call);
    if (!secret)
        return tl::unexpected(secret.error());
    if (secret->isEmpty() && !call.has("browser"))
        return fail(ErrorKind::invalid, QStringLiteral("The new secret is needed: --password-file FILE, --token-file "
                                                       "FILE or --browser"));
    const Result<ChannelRecord> channel = givenChannelToActOn(call);
    if (!channel)
        return tl::unexpected(channel.error());
    if (call.has("browser")) {
        Finding finding;
        finding.network = channel->network;
        finding.address = channel->address;
        secret = signInByBrowser(call, call.channels(), finding);
        if (!secret)
            return tl::unexpected(secret.error());
    }
    if (Done renewed = call.wait(call.channels().renewSecret(channel->id, *secret)); !renewed)
        return renewed;
    call.output().text(QStringLiteral("%1 is signed in again.").arg(channel->name));
    call.output().json(QJsonObject{{QStringLiteral("channel"), channel->id.value}});
    return {};
}

Done edit(Call &call)
{
    Act::EditChannel wish;
    const Result<std::optional<Purpose>> purpose = givenWord<Purpose>(call, "purpose");
    if (!purpose)
        return tl::unexpected(purpose.error());
    wish.purpose = *purpose;
    if (call.has("name"))
        wish.name = call.value("name");
    if (call.has("every")) {
        const Result<Duration> every = parseDuration(call.value("every"));
        if (!every)
            return tl::unexpected(every.error());
        wish.pullEverySeconds = int(std::min<qint64>(every->count() / 1000, std::numeric_limits<int>::max()));
    }
    if (!wish.name && !wish.purpose && !wish.pullEverySeconds)
        return fail(ErrorKind::invalid, QStringLiteral("Nothing to change: give --name, --purpose or --every"));
    const Result<ChannelRecord> channel = givenChannelToActOn(call);
    if (!channel)
        return tl::unexpected(channel.error());
    wish.channel = channel->id;
    wish.was = versionOf(*channel, wish);
    Deed deed;
    deed.action = makeAction(wish, call.now());
    deed.subject = channel->name;
    deed.done = QStringLiteral("changed");
    deed.json = QJsonObject{{QStringLiteral("channel"), channel->id.value}};
    if (const auto outcomes = doAll(call, {deed}, true); !outcomes)
        return tl::unexpected(outcomes.error());
    return {};
}

Done remove(Call &call)
{
    const Result<ChannelRecord> channel = givenChannelToActOn(call);
    if (!channel)
        return tl::unexpected(channel.error());
    if (Done removed = call.wait(call.channels().removeChannel(channel->id)); !removed)
        return removed;
    call.output().text(
        QStringLiteral("%1 is no longer pulled or sent to. What came from it stays.").arg(channel->name));
    call.output().json(QJsonObject{{QStringLiteral("channel"), channel->id.value}});
    return {};
}

} // namespace

QList<Command> channelCommands()
{
    const QList<CommandOption> secrets = {
        {"password-file", "FILE", "holds an application password; - reads standard input"},
        {"token-file", "FILE", "holds an access token; - reads standard input"},
        {"browser", nullptr, "sign in through the browser: names the page and waits for it (Mastodon, Bluesky)"},
    };
    return {
        {"channel add", "ADDRESS", 1, 1,
         "Connect a feed, site, account, hashtag (#tag@host) or words (search:WORDS@host); finds out what lives there",
         addChannel,
         QList<CommandOption>{
             {"network", "N", "feed, mastodon, wordpress, bluesky: which of several things found is meant"},
             {"name", "TEXT", "how the channel is called; without it as the network says"},
             {"user", "NAME", "who signs in, where that is needed"},
         } + secrets +
             QList<CommandOption>{
                 {"purpose", "P", "support, sales, community, corporate; without it support"},
                 {"since", "WHEN", "how far back the first pull goes: 30d, 2026-06-01; without it 30d"},
                 {"work-since", "WHEN", "from when on it is work; older arrives resolved; without it now"},
             }},
        {"channel find", "ADDRESS", 1, 1, "Tell what lives at an address and what it needs", find, {}},
        {"channel list", "", 0, 0, "List the channels and how they are doing", listChannels, {}},
        {"channel test", "CHANNEL", 1, 1, "Ask the network whether the channel works and what it can do", test, {}},
        {"channel renew", "CHANNEL", 1, 1, "Give a new password or token when a sign-in has ended", renew, secrets},
        {"channel edit",
         "CHANNEL",
         1,
         1,
         "Change what a channel is called, what it is for, how often it is pulled",
         edit,
         {
             {"name", "TEXT", "how it is called"},
             {"purpose", "P", "support, sales, community, corporate"},
             {"every", "TIME", "between two pulls: 15s to 1d; without anything said 60s"},
         }},
        {"channel remove", "CHANNEL", 1, 1, "End pulling and sending; the history stays", remove, {}},
    };
}

} // namespace Earshot
