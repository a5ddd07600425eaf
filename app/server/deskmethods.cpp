// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "server/deskmethods.h"

#include "courier/accesschange.h"
#include "desk/answering.h"
#include "desk/questionjson.h"
#include "server/drafts.h"
#include "server/personal.h"

#include <algorithm>

namespace Earshot {

namespace {

QSet<ChannelId> hiddenOf(const Viewer &viewer)
{
    QSet<ChannelId> hidden;
    for (const qint64 channel : viewer.hidden)
        hidden.insert(ChannelId(channel));
    return hidden;
}

} // namespace

MethodError methodErrorOf(const Error &error)
{
    MethodError told{QStringLiteral("serverFail"), error.detail, word(error.kind), error.until};
    if (error.kind == ErrorKind::invalid)
        told.type = QStringLiteral("invalidArguments");
    else if (error.kind == ErrorKind::refused)
        told.type = QStringLiteral("forbidden");
    else if (error.kind == ErrorKind::notFound)
        told.type = QStringLiteral("notFound");
    else if (error.kind == ErrorKind::tooLarge)
        told.type = QStringLiteral("requestTooLarge");
    return told;
}

MethodResult answerDeskQuestion(MethodContext &context, const Workspace &workspace, const QString &name,
                                const QJsonObject &arguments)
{
    const auto question = questionFromJson(name, arguments);
    if (!question)
        return tl::unexpected(methodErrorOf(question.error()));
    Reading reading{context.database,         context.viewer.agent, context.viewer.role,
                    hiddenOf(context.viewer), context.now,          fileOverview(workspace)};
    const auto answer = answerQuestion(reading, *question);
    if (!answer)
        return tl::unexpected(methodErrorOf(answer.error()));
    QJsonObject json = toJson(*answer);
    json.insert(QStringLiteral("accountId"), context.viewer.account);
    return json;
}

/// One call on its way.
struct DeedMethods::Deed
{
    Viewer viewer;
    QString address;
    QJsonObject arguments;
    ChannelId channel; ///< the argument "channel", 0 = none
    Answer answer = Pending<QJsonObject>::create();

    void end(const Error &error) const { answer->end(tl::unexpected(error)); }
    void end(QJsonObject json = {}) const
    {
        json.insert(QStringLiteral("accountId"), viewer.account);
        answer->end(json);
    }
    void end(const Done &done) const
    {
        if (done)
            end();
        else
            end(done.error());
    }
};

DeedMethods::DeedMethods(LocalDesk &desk, ChannelService *channels, PresenceClients &presence, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_channels(channels)
    , m_presence(presence)
{
}

const QList<DeedMethods::Method> &DeedMethods::methods()
{
    static const QList<Method> all{
        {"Channel/find", Role::admin, false, &DeedMethods::findChannels},
        {"Channel/preview", Role::admin, false, &DeedMethods::previewChannel},
        {"Channel/add", Role::admin, false, &DeedMethods::addChannel},
        {"Channel/renew", Role::admin, true, &DeedMethods::renewChannel},
        {"Channel/test", Role::agent, true, &DeedMethods::testChannel},
        {"Channel/remove", Role::admin, true, &DeedMethods::removeChannel},
        {"Channel/pull", Role::agent, false, &DeedMethods::pull},
        {"Channel/deliver", Role::agent, false, &DeedMethods::deliver},
        {"Access/change", Role::viewer, false, &DeedMethods::changeAccess},
        {"Workspace/adopt", Role::admin, false, &DeedMethods::adopt},
        {"Draft/set", Role::agent, false, &DeedMethods::setDraft},
        {"Personal/set", Role::viewer, false, &DeedMethods::setPersonal},
        {"Presence/set", Role::viewer, false, &DeedMethods::setPresence},
    };
    return all;
}

const DeedMethods::Method *DeedMethods::find(const QString &name)
{
    const auto found = std::find_if(methods().cbegin(), methods().cend(),
                                    [&name](const Method &method) { return name == QLatin1StringView(method.name); });
    return found == methods().cend() ? nullptr : &*found;
}

bool DeedMethods::isKnown(const QString &name)
{
    return find(name) != nullptr;
}

QFuture<Result<QJsonObject>> DeedMethods::run(const QString &name, const Viewer &viewer, const QString &address,
                                              const QJsonObject &arguments)
{
    const Method *method = find(name);
    Deed deed{viewer, address, arguments, {}};
    const QFuture<Result<QJsonObject>> future = deed.answer->future();
    const QJsonValue channel = arguments.value(QLatin1StringView("channel"));
    deed.channel = ChannelId(channel.toString().toLongLong());
    // The undo window is somebody else's time to think again.
    const bool skipsUndoWindow = arguments.value(QLatin1StringView("skipUndoWindow")).toBool();
    const Role least = method ? std::max(method->least, skipsUndoWindow ? Role::lead : Role::viewer) : Role::viewer;
    if (!method)
        deed.end(Error{ErrorKind::invalid, name, {}});
    else if (viewer.role < least)
        deed.end(Error{ErrorKind::refused, QStringLiteral("permission: ") + word(least), {}});
    else if ((method->isOnChannel || channel.isString()) && (!deed.channel.isValid() || !viewer.sees(deed.channel)))
        deed.end(Error{ErrorKind::notFound, QStringLiteral("no such channel"), {}});
    else if (!m_channels && name.startsWith(QLatin1StringView("Channel/")))
        deed.end(Error{ErrorKind::unsupported, QStringLiteral("this server does not speak to networks"), {}});
    else
        (this->*method->carryOut)(deed);
    return future;
}

void DeedMethods::findChannels(const Deed &deed)
{
    const QString address = deed.arguments.value(QLatin1StringView("address")).toString();
    whenDone(m_channels->discover(address), this, [deed](const Result<QList<Finding>> &findings) {
        if (findings)
            deed.end(toWire(*findings));
        else
            deed.end(findings.error());
    });
}

void DeedMethods::previewChannel(const Deed &deed)
{
    const Result<NewChannel> wish = newChannelFromWire(deed.arguments);
    if (!wish) {
        deed.end(wish.error());
        return;
    }
    whenDone(m_channels->preview(*wish), this, [deed](const Result<QList<RemoteMessage>> &latest) {
        if (latest)
            deed.end(toWire(*latest));
        else
            deed.end(latest.error());
    });
}

void DeedMethods::addChannel(const Deed &deed)
{
    Result<NewChannel> channel = newChannelFromWire(deed.arguments);
    if (!channel) {
        deed.end(channel.error());
        return;
    }
    channel->actor = deed.viewer.agent;
    whenDone(m_channels->addChannel(*channel), this, [deed](const Result<ChannelId> &id) {
        if (id)
            deed.end(QJsonObject{{QStringLiteral("channel"), QString::number(id->value)}});
        else
            deed.end(id.error());
    });
}

void DeedMethods::renewChannel(const Deed &deed)
{
    const QJsonObject secret = deed.arguments.value(QLatin1StringView("secret")).toObject();
    const QByteArray bytes = QByteArray::fromBase64(secret.value(QLatin1StringView("base64")).toString().toLatin1());
    if (bytes.isEmpty()) {
        deed.end(Error{ErrorKind::invalid, QStringLiteral("secret"), {}});
        return;
    }
    whenDone(m_channels->renewSecret(deed.channel, Secret(bytes)), this, [deed](const Done &done) { deed.end(done); });
}

void DeedMethods::testChannel(const Deed &deed)
{
    whenDone(m_channels->testChannel(deed.channel), this, [deed](const Result<Capabilities> &can) {
        if (can)
            deed.end(QJsonObject{{QStringLiteral("capabilities"), toWire(*can)}});
        else
            deed.end(can.error());
    });
}

void DeedMethods::removeChannel(const Deed &deed)
{
    // In the name of who calls; what the courier then does itself finds it done.
    const Time now = m_desk.workspace().clock().now();
    const auto removed = m_desk.performAs(deed.viewer.agent, {makeAction(Act::RemoveChannel{deed.channel}, now)});
    whenDone(removed, this, [this, deed](const QList<Outcome> &outcomes) {
        const Outcome &outcome = outcomes.constFirst();
        if (!outcome.isApplied()) {
            const bool isMissing = outcome.refusal.kind == RefusalKind::notFound;
            deed.end(Error{isMissing ? ErrorKind::notFound : ErrorKind::refused, word(outcome.refusal.kind), {}});
            return;
        }
        whenDone(m_channels->removeChannel(deed.channel), this, [deed](const Done &done) { deed.end(done); });
    });
}

void DeedMethods::answerReports(const Deed &deed, const QFuture<QList<ChannelReport>> &reports)
{
    whenDone(reports, this, [deed](QList<ChannelReport> list) {
        list.removeIf([&deed](const ChannelReport &report) { return !deed.viewer.sees(report.channel); });
        deed.end(toWire(list));
    });
}

void DeedMethods::pull(const Deed &deed)
{
    answerReports(deed, m_channels->pull(deed.channel));
}

void DeedMethods::deliver(const Deed &deed)
{
    answerReports(deed, m_channels->deliver(deed.arguments.value(QLatin1StringView("skipUndoWindow")).toBool()));
}

void DeedMethods::changeAccess(const Deed &deed)
{
    Result<AccessChange> change = accessChangeFromJson(deed.arguments);
    if (!change) {
        deed.end(change.error());
        return;
    }
    // One's own devices everybody may take away.
    const bool isOwn = takesAccess(*change) && change->agent == deed.viewer.agent;
    if (deed.viewer.role < Role::admin && !isOwn) {
        deed.end(Error{ErrorKind::refused, QStringLiteral("permission: ") + word(Role::admin), {}});
        return;
    }
    change->by = deed.viewer.agent;
    change->address = deed.address;
    const auto stored = m_desk.workspace().write<bool>(
        Urgency::interactive, [change = *change](Writing &writing) { return storeAccessChange(writing, change); });
    whenDone(stored, this,
             [deed](const Result<bool> &result) { deed.end(result ? Done() : tl::unexpected(result.error())); });
}

void DeedMethods::adopt(const Deed &deed)
{
    whenDone(m_desk.workspace().adopt(), this, [deed](const Done &done) { deed.end(done); });
}

void DeedMethods::setDraft(const Deed &deed)
{
    const Result<DraftWish> wish = draftWishFrom(deed.viewer, deed.arguments);
    if (!wish) {
        deed.end(wish.error());
        return;
    }
    const auto stored = m_desk.workspace().write<StoredDraft>(
        Urgency::interactive, [wish = *wish](Writing &writing) { return storeDraft(writing, wish); });
    whenDone(stored, this, [this, deed](const Result<StoredDraft> &draft) {
        if (!draft) {
            deed.end(draft.error());
            return;
        }
        deed.end(toWire(*draft));
        if (draft->isStored)
            Q_EMIT draftSet(deed.viewer.agent, draft->version);
    });
}

void DeedMethods::setPersonal(const Deed &deed)
{
    const Result<PersonalWish> wish = personalWishFrom(deed.viewer, deed.arguments);
    if (!wish) {
        deed.end(wish.error());
        return;
    }
    const auto stored = m_desk.workspace().write<StoredPersonal>(
        Urgency::bulk, [wish = *wish](Writing &writing) { return storePersonalWish(writing, wish); });
    whenDone(stored, this, [deed](const Result<StoredPersonal> &result) {
        if (result)
            deed.end(toWire(*result, deed.viewer));
        else
            deed.end(result.error());
    });
}

void DeedMethods::setPresence(const Deed &deed)
{
    whenDone(m_presence.set(deed.viewer.agent, deed.arguments), this, [deed](const Result<QJsonArray> &others) {
        if (others)
            deed.end(QJsonObject{{QStringLiteral("list"), *others}});
        else
            deed.end(others.error());
    });
}

} // namespace Earshot
