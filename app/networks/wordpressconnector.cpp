// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/wordpressconnector.h"

#include "model/htmltext.h"

#include <QJsonArray>

namespace Earshot {

namespace {

using namespace std::chrono_literals;

constexpr int maxBytes = 65'525; // wp_comments.comment_content, less what WordPress keeps back

Capabilities readingOnly()
{
    Capabilities can;
    can.canAskBeforePublishing = true;
    can.countRule = CountRule::utf8Bytes;
    can.maxLength = maxBytes;
    can.visibilityDelay = 2s;
    return can;
}

Result<Outgoing> checkedReply(Outgoing wish)
{
    if (wish.text.trimmed().isEmpty())
        return fail(ErrorKind::invalid, QStringLiteral("the reply is empty"));
    if (!wish.media.isEmpty())
        return fail(ErrorKind::unsupported, QStringLiteral("comments carry no media"));
    if (wish.visibility != Visibility::everyone)
        return fail(ErrorKind::unsupported, QStringLiteral("comments are public"));
    if (!wish.contentWarning.isEmpty())
        return fail(ErrorKind::unsupported, QStringLiteral("comments have no content warning"));
    const qsizetype bytes = toCommentHtml(wish.text).toUtf8().size();
    if (bytes > maxBytes)
        return fail(ErrorKind::tooLong, QStringLiteral("%1 of %2 bytes").arg(bytes).arg(maxBytes));
    return wish;
}

bool canCarryOut(Effect effect)
{
    switch (effect) {
    case Effect::reply:
    case Effect::approve:
    case Effect::unapprove:
    case Effect::hide:
    case Effect::spam:
    case Effect::trash:
    case Effect::restore:
    case Effect::deleteOwn:
        return true;
    default:
        return false;
    }
}

} // namespace

WordPressConnector::WordPressConnector(ChannelAccess access, NetworkSetting setting, QObject *parent)
    : Connector(parent)
    , m_site(new WordPressSite(std::move(access), setting, this))
    , m_reader(*m_site)
    , m_thread(*m_site)
    , m_writer(*m_site)
{
}

QFuture<Result<Account>> WordPressConnector::check()
{
    const PendingAccount pending = Pending<Account>::create();
    m_site->getIndex([this, pending](const Result<RestAnswer> &index) {
        if (!index)
            return pending->end(tl::unexpected<Error>(index.error()));
        Account account;
        account.name = cleanLine(decodeEntities(index->json.object().value(QStringLiteral("name")).toString()));
        account.baseUrl = m_site->base();
        account.capabilities = readingOnly();
        m_site->isSignedIn() ? checkUser(account, pending) : checkPublic(account, pending);
    });
    return pending->future();
}

void WordPressConnector::checkUser(Account account, const PendingAccount &pending)
{
    const QString fields = QStringLiteral("id,username,name,capabilities");
    m_site->get(QStringLiteral("/wp/v2/users/me"), {{QStringLiteral("_fields"), fields}},
                [account, pending](const Result<RestAnswer> &answer) mutable {
                    if (!answer)
                        return pending->end(tl::unexpected<Error>(answer.error()));
                    const QJsonObject me = answer->json.object();
                    const qint64 id = me.value(QStringLiteral("id")).toInteger();
                    if (id <= 0)
                        return pending->end(fail(ErrorKind::malformed, QStringLiteral("users/me has no id")));
                    const QJsonObject rights = me.value(QStringLiteral("capabilities")).toObject();
                    if (!rights.value(QStringLiteral("moderate_comments")).toBool())
                        return pending->end(fail(ErrorKind::permission, QStringLiteral("moderate_comments")));
                    account.id = userIdText(id);
                    account.handle = me.value(QStringLiteral("username")).toString();
                    account.name = cleanLine(decodeEntities(me.value(QStringLiteral("name")).toString()));
                    account.capabilities.canReply = true;
                    account.capabilities.canHide = true;
                    account.capabilities.canDeleteOwn = true;
                    pending->end(account);
                });
}

void WordPressConnector::checkPublic(Account account, const PendingAccount &pending)
{
    const RestQuery query{{QStringLiteral("per_page"), QStringLiteral("1")},
                          {QStringLiteral("_fields"), QStringLiteral("id")}};
    m_site->get(QStringLiteral("/wp/v2/comments"), query, [account, pending](const Result<RestAnswer> &answer) {
        if (answer)
            return pending->end(account);
        Error error = answer.error();
        if (error.kind == ErrorKind::authExpired) // nobody was signed in
            error.kind = ErrorKind::permission;
        pending->end(tl::unexpected<Error>(error));
    });
}

QFuture<Result<Page>> WordPressConnector::pull(Position position)
{
    return m_reader.pull(position);
}

QFuture<Result<QList<RemoteMessage>>> WordPressConnector::thread(KnownMessage message)
{
    return m_thread.read(message);
}

QFuture<Result<Page>> WordPressConnector::refresh(QList<KnownMessage> messages)
{
    return m_reader.refresh(messages);
}

Result<Outgoing> WordPressConnector::prepare(Outgoing wish, const RemoteMessage &target) const
{
    if (!canCarryOut(wish.effect) || !m_site->isSignedIn())
        return fail(ErrorKind::unsupported, word(wish.effect));
    if (commentIdOf(target.uri) <= 0 && (wish.effect != Effect::reply || postIdOf(target.uri) <= 0))
        return fail(ErrorKind::invalid, QStringLiteral("no comment of this site: ") + target.uri);
    if (wish.effect == Effect::deleteOwn && !target.isOurs)
        return fail(ErrorKind::invalid, QStringLiteral("the comment is not ours"));
    wish.targetUri = target.uri;
    wish.targetRemoteId = target.remoteId;
    wish.threadUri = target.threadUri;
    return wish.effect == Effect::reply ? checkedReply(std::move(wish)) : Result<Outgoing>(std::move(wish));
}

QFuture<Result<Delivered>> WordPressConnector::deliver(Outgoing outgoing)
{
    return m_writer.deliver(outgoing);
}

QFuture<Result<std::optional<Delivered>>> WordPressConnector::findDelivered(Outgoing outgoing, Attempt attempt)
{
    return m_writer.findDelivered(outgoing, attempt);
}

} // namespace Earshot
