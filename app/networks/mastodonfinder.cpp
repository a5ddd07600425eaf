// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/mastodonfinder.h"

#include "model/htmltext.h"
#include "networks/mastodonaddress.h"
#include "networks/mastodonclient.h"
#include "networks/mastodonjson.h"
#include "networks/mastodonserver.h"

#include <QRegularExpression>

namespace Earshot {

namespace {

using Findings = QList<Finding>;
using Kind = MastodonAddress::Kind;

/// One search. Owns itself: a finder has no owner, and ends with its last answer.
class MastodonFinder final : public Errand<Findings>
{
public:
    MastodonFinder(MastodonAddress address, const NetworkSetting &setting)
        : Errand(nullptr)
        , m_setting(setting)
        , m_address(std::move(address))
    {
        connectTo(m_address.baseUrl());
        askServer(*m_client, this, [this](const Result<MastodonServer> &server) { takeServer(server); });
    }

private:
    void connectTo(const QUrl &baseUrl) { m_client = new MastodonClient(baseUrl, {}, m_setting, this); }

    void takeServer(const Result<MastodonServer> &server)
    {
        if (server && server->isKnown) {
            m_server = *server;
            lookCloser();
            return;
        }
        const bool isSilent =
            !server && (server.error().kind == ErrorKind::transient || server.error().kind == ErrorKind::certificate ||
                        server.error().kind == ErrorKind::cancelled);
        if (m_address.kind == Kind::account && !m_hasAskedWebfinger)
            askWebfinger(isSilent ? std::optional(server.error()) : std::nullopt);
        else if (isSilent)
            end(tl::unexpected(server.error()));
        else
            end(Findings());
    }

    /// The host of a handle may be another than the one that serves the API (RFC 7033).
    void askWebfinger(std::optional<Error> silence)
    {
        m_hasAskedWebfinger = true;
        const QString resource = QStringLiteral("acct:%1@%2").arg(m_address.name, m_address.host);
        m_client->get("/.well-known/webfinger?resource=" + QUrl::toPercentEncoding(resource), this,
                      [this, silence](const Result<MastodonReply> &reply) {
                          const QUrl home = reply ? selfLink(reply->body.toObject()) : QUrl();
                          if (home.isEmpty() && silence) {
                              end(tl::unexpected(*silence));
                          } else if (home.isEmpty() || home.authority() == m_address.host) {
                              end(Findings());
                          } else {
                              m_address.host = home.authority();
                              connectTo(m_address.baseUrl());
                              askServer(*m_client, this,
                                        [this](const Result<MastodonServer> &server) { takeServer(server); });
                          }
                      });
    }

    [[nodiscard]] static QUrl selfLink(const QJsonObject &description)
    {
        const QJsonArray links = valueOf(description, "links").toArray();
        for (const QJsonValue &link : links) {
            const QUrl url(textOf(link.toObject(), "href"));
            const bool isWeb = url.scheme() == QLatin1StringView("https") || url.scheme() == QLatin1StringView("http");
            if (textOf(link.toObject(), "rel") == QLatin1StringView("self") && isWeb)
                return url;
        }
        return {};
    }

    void lookCloser()
    {
        switch (m_address.kind) {
        case Kind::account:
            askAccount(m_address.name);
            break;
        case Kind::post:
            askPost();
            break;
        case Kind::tag:
            end(Findings{tag()});
            break;
        case Kind::search:
            end(Findings{search()});
            break;
        case Kind::server:
            end(Findings{account({}, {})});
            break;
        }
    }

    void askAccount(const QString &name)
    {
        m_client->get("/api/v1/accounts/lookup?acct=" + QUrl::toPercentEncoding(name), this,
                      [this, name](const Result<MastodonReply> &reply) {
                          const QJsonObject found = reply ? reply->body.toObject() : QJsonObject();
                          const bool isHere = reply || !isMissing(reply.error());
                          if (!isHere)
                              end(Findings());
                          else
                              end(Findings{account(name, cleanLine(textOf(found, "display_name"))), listening(name)});
                      });
    }

    void askPost()
    {
        m_client->get("/api/v1/statuses/" + idInPath(m_address.postId), this,
                      [this](const Result<MastodonReply> &reply) {
                          // A post of somebody from elsewhere that is shown here leads to that account's own server.
                          const QJsonObject author =
                              reply ? valueOf(reply->body.toObject(), "account").toObject() : QJsonObject();
                          const QString acct = textOf(author, "acct");
                          const qsizetype at = acct.indexOf(QLatin1Char('@'));
                          if (at > 0 && acct.mid(at + 1) != m_address.host && acct.mid(at + 1) != m_server.domain)
                              m_address.host = acct.mid(at + 1);
                          const QString name = at > 0 ? acct.left(at) : acct;
                          const QString shown = cleanLine(textOf(author, "display_name"));
                          const QString user = name.isEmpty() ? m_address.name : name;
                          if (user.isEmpty())
                              end(Findings());
                          else
                              end(Findings{account(user, shown), listening(user)});
                      });
    }

    [[nodiscard]] QString addressOf(const QString &name) const
    {
        return MastodonAddress{.kind = Kind::account, .name = name, .postId = {}, .host = m_address.host}.toString();
    }

    /// @param name empty: whoever signs in at this server
    [[nodiscard]] Finding account(const QString &name, const QString &shown) const
    {
        Finding finding;
        finding.network = Network::mastodon;
        finding.address = name.isEmpty() ? m_address.host : addressOf(name);
        finding.name = shown.isEmpty() ? (name.isEmpty() ? m_server.title : finding.address) : shown;
        finding.what = QStringLiteral("account");
        finding.canAnswer = true;
        finding.needsSignIn = true;
        finding.isBest = true;
        return finding;
    }

    [[nodiscard]] Finding listening(const QString &name) const
    {
        Finding finding;
        finding.network = Network::mastodon;
        finding.address = addressOf(name);
        finding.name = finding.address;
        finding.what = QStringLiteral("posts");
        return finding;
    }

    [[nodiscard]] Finding tag() const
    {
        Finding finding;
        finding.network = Network::mastodon;
        finding.address = m_address.toString();
        finding.name = QLatin1Char('#') + m_address.name;
        finding.what = QStringLiteral("hashtag");
        finding.isBest = true;
        return finding;
    }

    [[nodiscard]] Finding search() const
    {
        Finding finding = tag();
        finding.name = m_address.name;
        finding.what = QStringLiteral("search");
        return finding;
    }

    NetworkSetting m_setting;
    MastodonAddress m_address;
    MastodonClient *m_client = nullptr;
    MastodonServer m_server;
    bool m_hasAskedWebfinger = false;
};

} // namespace

QString profileIn(const HttpAnswer &page)
{
    static const QRegularExpression tag(QStringLiteral(R"(<link\b[^>]{0,2000}>)"),
                                        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression type(QStringLiteral(R"re(\btype\s*=\s*["']?application/activity\+json)re"),
                                         QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression href(QStringLiteral(R"re(\bhref\s*=\s*["']?([^"'\s>]+))re"),
                                         QRegularExpression::CaseInsensitiveOption);
    const QString html = QString::fromUtf8(page.body.left(512 * 1024));
    for (auto tags = tag.globalMatch(html); tags.hasNext();) {
        const QString found = tags.next().captured();
        if (!type.match(found).hasMatch())
            continue;
        const QUrl url = page.url.resolved(QUrl(decodeEntities(href.match(found).captured(1))));
        if (url.host() != page.url.host())
            continue;
        const auto address = parseMastodonAddress(url.toString());
        if (address && address->kind == Kind::account)
            return address->toString();
        const QStringList parts = url.path(QUrl::FullyDecoded).split(QLatin1Char('/'), Qt::SkipEmptyParts);
        const QString guess = QLatin1Char('@') + parts.value(1) + QLatin1Char('@') + url.authority();
        if (parts.size() == 2 && parts.first() == QLatin1StringView("profile") && parseMastodonAddress(guess))
            return guess;
    }
    return {};
}

QFuture<Result<QList<Finding>>> findMastodon(const QString &address, const NetworkSetting &setting)
{
    if (const auto parsed = parseMastodonAddress(address)) {
        auto *finder = new MastodonFinder(*parsed, setting);
        return finder->future();
    }
    QPromise<Result<Findings>> promise;
    promise.start();
    promise.addResult(Findings());
    promise.finish();
    return promise.future();
}

} // namespace Earshot
