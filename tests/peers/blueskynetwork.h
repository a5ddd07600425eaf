// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "networks/networktransport.h"

#include <QJsonArray>
#include <QJsonObject>

#include <memory>

namespace Earshot {

/// A Bluesky network as a customer sees and uses it: with requests of its own, by nothing of the program's. The real
/// one that tests/peers/bluesky/run started; where none was, the fake on ports of this machine: what is tested with it
/// must not be able to tell. Lives on the test's thread.
class BlueskyNetwork
{
public:
    BlueskyNetwork();
    ~BlueskyNetwork();

    /// Reads the description named by EARSHOT_BLUESKY_NETWORK. @return whether there is one
    [[nodiscard]] bool load();
    /// Starts the fake.
    void pretend();
    /// Every access token that was given so far has ended afterwards. The real one's end by themselves, after seconds:
    /// this waits for it. @return whether they did
    [[nodiscard]] bool endTokens();

    [[nodiscard]] QUrl server() const { return QUrl(m_network.value(QStringLiteral("pds")).toString()); }
    [[nodiscard]] QUrl appView() const { return QUrl(m_network.value(QStringLiteral("appview")).toString()); }
    [[nodiscard]] QString account(const char *name, const char *what) const;
    /// Whether the server reaches the AppView.
    void setReadable(bool isReadable);

    /// The customer posts. @param parent the answer of an earlier post, or empty. @return uri and cid, empty on failure
    QJsonObject post(const QString &text, const QJsonObject &parent = {}, const QString &createdAt = {});
    /// The same with more in the record: languages, labels. A post of its own.
    QJsonObject postWith(const QString &text, const QJsonObject &more);
    /// The brand posts, by nothing of the program's.
    QJsonObject announce(const QString &text);
    bool edit(const QJsonObject &post, const QString &text);
    bool remove(const QJsonObject &post);
    /// What the AppView tells the customer of: posts of the brand that answer the customer's.
    [[nodiscard]] QStringList answersToCustomer();
    /// The posts that answer one, as anybody sees them.
    [[nodiscard]] QJsonArray answersTo(const QJsonObject &post);
    /// A post as anybody sees it.
    [[nodiscard]] QJsonObject seen(const QJsonObject &post);
    /// The answers that the gate of the brand's post hides, as its record says.
    [[nodiscard]] QStringList hiddenBelow(const QJsonObject &root);
    /// Whether the AppView has taken in what was written last.
    [[nodiscard]] bool isIndexed(const QJsonObject &post);

private:
    [[nodiscard]] QJsonObject call(const QUrl &server, const QByteArray &method, const QJsonObject &body,
                                   const QList<std::pair<QString, QString>> &query = {});
    [[nodiscard]] QJsonArray mentionIn(const QString &text) const;
    bool signIn();
    [[nodiscard]] QJsonObject create(const char *account, const QJsonObject &record);

    struct Pretence;
    std::unique_ptr<Pretence> m_pretence;
    NetworkTransport m_transport;
    QJsonObject m_network;
    QString m_folder;
    QByteArray m_token;
    qint64 m_tokenEnds = 0;
};

} // namespace Earshot
