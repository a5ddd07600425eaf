// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "networks/blueskyfinder.h"

#include "model/htmltext.h"
#include "networks/blueskyaddress.h"
#include "networks/blueskyidentity.h"
#include "networks/oauthserver.h"

namespace Earshot {

namespace {

using Findings = QList<Finding>;
using Kind = BlueskyAddress::Kind;

/// Whether an address can mean nothing else than an account here.
bool isPlain(const QString &address)
{
    return address.startsWith(QLatin1Char('@')) || address.startsWith(QLatin1StringView("did:")) ||
           address.startsWith(QLatin1StringView("at://")) || address.contains(QLatin1StringView("bsky.app/"));
}

/// One search. Owns itself: a finder has no owner, and ends with its last answer.
class BlueskyFinder final : public Errand<Findings>
{
public:
    BlueskyFinder(BlueskyAddress address, bool isCertain, bool mayBeServer, const NetworkSetting &setting)
        : Errand(nullptr)
        , m_address(std::move(address))
        , m_isCertain(isCertain)
        , m_setting(setting)
        , m_client(new BlueskyClient(setting, this))
    {
        m_client->setServer(m_address.server.isEmpty() ? publicAppView() : m_address.server);
        switch (m_address.kind) {
        case Kind::account:
        case Kind::post:
            m_address.kind = Kind::account;
            if (m_address.server.isEmpty())
                lookUp();
            else
                askServerForName();
            break;
        case Kind::tag:
        case Kind::search:
            askSearch();
            break;
        case Kind::server:
            if (mayBeServer)
                askServer();
            else
                end(Findings());
            break;
        }
    }

private:
    void lookUp()
    {
        auto *lookup =
            new BlueskyLookup(*m_client, m_address.name,
                              m_isCertain ? BlueskyLookup::Way::everywhere : BlueskyLookup::Way::ownHost, this);
        whenDone(lookup->future(), this, [this](const Result<BlueskyIdentity> &identity) {
            if (identity) {
                if (!identity->handle.isEmpty())
                    m_address.name = identity->handle;
                m_home = identity->server;
                askProfile();
            } else if (identity.error().kind == ErrorKind::notFound || !m_isCertain) {
                end(Findings());
            } else {
                end(tl::unexpected(identity.error()));
            }
        });
    }

    void askServerForName()
    {
        m_client->get("com.atproto.identity.resolveHandle", {{"handle", m_address.name}}, this,
                      [this](const Result<QJsonObject> &reply) {
                          m_home = m_address.server;
                          if (isDid(m_address.name) || (reply && isDid(textOf(*reply, "did"))))
                              askProfile();
                          else
                              end(Findings());
                      });
    }

    /// A profile that strangers see can be listened to.
    void askProfile()
    {
        m_client->get("app.bsky.actor.getProfile", {{"actor", m_address.name}}, this,
                      [this](const Result<QJsonObject> &profile) {
                          const QString shown = profile ? cleanLine(textOf(*profile, "displayName")) : QString();
                          Findings findings{account(shown)};
                          if (profile)
                              findings.append(listening());
                          askSignIn(findings);
                      });
    }

    void askSearch()
    {
        m_client->get("app.bsky.feed.searchPosts", {{"q", m_address.name}, {"limit", QStringLiteral("1")}}, this,
                      [this](const Result<QJsonObject> &reply) {
                          const bool isOpen = reply.has_value();
                          if (!isOpen && (reply.error().kind == ErrorKind::transient ||
                                          reply.error().kind == ErrorKind::certificate)) {
                              end(tl::unexpected(reply.error()));
                              return;
                          }
                          const bool isTag = m_address.kind == Kind::tag;
                          Finding finding;
                          finding.network = Network::bluesky;
                          finding.address = m_address.toString();
                          finding.name = isTag ? QString(QLatin1Char('#') + m_address.name) : m_address.name;
                          finding.what = isTag ? QStringLiteral("hashtag") : QStringLiteral("search");
                          finding.needsUser = !isOpen;
                          finding.needsPassword = !isOpen;
                          finding.canAnswer = !isOpen;
                          finding.isBest = true;
                          end(Findings{finding});
                      });
    }

    void askServer()
    {
        m_client->get("com.atproto.server.describeServer", {}, this, [this](const Result<QJsonObject> &reply) {
            if (!reply || !valueOf(*reply, "availableUserDomains").isArray()) {
                end(Findings());
                return;
            }
            Finding finding = account(m_address.server.host());
            finding.needsUser = true;
            m_home = m_address.server;
            askSignIn({finding});
        });
    }

    /// Whether the account's server offers signing in by browser, too.
    void askSignIn(const Findings &findings)
    {
        auto *lookup = new OAuthServerLookup(m_home, m_setting, this);
        whenDone(lookup->future(), this, [this, findings](const Result<OAuthServer> &server) {
            Findings all = findings;
            all.first().needsSignIn = server.has_value();
            end(all);
        });
    }

    [[nodiscard]] Finding account(const QString &shown) const
    {
        Finding finding;
        finding.network = Network::bluesky;
        finding.address = m_address.toString();
        finding.name = shown.isEmpty() ? QString(QLatin1Char('@') + m_address.name) : shown;
        finding.what = QStringLiteral("account");
        finding.canAnswer = true;
        finding.needsPassword = true;
        finding.isBest = true;
        return finding;
    }

    [[nodiscard]] Finding listening() const
    {
        Finding finding;
        finding.network = Network::bluesky;
        finding.address = m_address.toString();
        finding.name = QLatin1Char('@') + m_address.name;
        finding.what = QStringLiteral("posts");
        return finding;
    }

    BlueskyAddress m_address;
    bool m_isCertain;
    QUrl m_home; ///< the server of the account
    NetworkSetting m_setting;
    BlueskyClient *m_client;
};

} // namespace

QFuture<Result<QList<Finding>>> findBluesky(const QString &address, bool mayBeServer, const NetworkSetting &setting)
{
    const auto parsed = parseBlueskyAddress(address);
    if (!parsed)
        return readyFuture(Result<Findings>(Findings()));
    auto *finder = new BlueskyFinder(*parsed, isPlain(address), mayBeServer, setting);
    return finder->future();
}

} // namespace Earshot
