// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "fakes/fakenetwork.h"

#include <QHash>
#include <QList>

namespace Earshot {

/// A web site with posts and comments, as feeds of every format and as pages with links to them:
/// `/feed/` (RSS 2.0), `/feed/atom/`, `/feed/rdf/` (RSS 1.0), `/feed.json`, `/comments/feed/`, `/comments/feed/atom/`,
/// `/SLUG/feed/` (a post's comments), `/` and `/SLUG/`. Validators are honoured; they change with every byte unless
/// they lie.
class FakeSite final : public FakeNetwork
{
public:
    FakeSite(QString host, const Clock *clock);

    /// Writing and changing. Posts and comments are numbered from 1 upward, in one sequence.
    int addPost(const QString &title, const QString &html, const QString &author = QStringLiteral("Editor"));
    int addComment(int post, const QString &author, const QString &html, int parent = 0);
    void edit(int number, const QString &html);
    void remove(int number);

    /// How it behaves.
    void setTitle(const QString &title) { m_title = title; }
    void setWindow(qsizetype items) { m_window = items; }                 ///< items in a feed's page
    void setPaging(bool isOn) { m_isPaging = isOn; }                      ///< link rel=next, next_url
    void setHeader(const QByteArray &name, const QByteArray &value);      ///< on every feed
    void moveTo(const QString &path, const QString &newPath);             ///< 301
    void setGone(const QString &path, bool isGone = true);                ///< 410
    void setMalformed(const QString &path, const QByteArray &instead);    ///< empty: whole again
    void setPassword(const QByteArray &user, const QByteArray &password); ///< no user: open to all
    /// Validators tell only the second of the newest comment or post, as WordPress' do: edits stay hidden.
    void setLying(bool isLying) { m_isLying = isLying; }

    [[nodiscard]] QUrl url(const QString &path) const;
    [[nodiscard]] QStringList hosts() const override { return {m_host}; }
    [[nodiscard]] HttpAnswer answer(const HttpRequest &request) override;

private:
    struct Item
    {
        int number = 0;
        int post = 0;   ///< 0 for a post
        int parent = 0; ///< of an answer to a comment
        QString title;
        QString slug;
        QString html;
        QString author;
        Time writtenAt;
        Time editedAt;
    };
    enum class Format { rss, atom, rdf, json };
    /// One document to be made: which items in which format.
    struct Wish
    {
        Format format = Format::rss;
        bool isComments = false;
        int post = 0; ///< only this one's comments
        int page = 1;
        QUrl self;
    };

    [[nodiscard]] HttpAnswer serve(const HttpRequest &request, const QString &path);
    [[nodiscard]] HttpAnswer feedAnswer(const HttpRequest &request, const Wish &wish) const;
    [[nodiscard]] QList<Item> itemsOf(const Wish &wish) const;
    [[nodiscard]] const Item *find(int number) const;
    [[nodiscard]] QString linkOf(const Item &item) const;
    [[nodiscard]] QString idOf(const Item &item) const;
    [[nodiscard]] QString titleOf(const Item &item, const Wish &wish) const;
    [[nodiscard]] qsizetype commentCount(int post) const;
    [[nodiscard]] QString nextOf(const Wish &wish) const;
    [[nodiscard]] QString rss(const Wish &wish) const;
    [[nodiscard]] QString rssItem(const Item &item, const Wish &wish) const;
    [[nodiscard]] QString rdf(const Wish &wish) const;
    [[nodiscard]] QString atom(const Wish &wish) const;
    [[nodiscard]] QString atomEntry(const Item &item, const Wish &wish) const;
    [[nodiscard]] QString json(const Wish &wish) const;
    [[nodiscard]] QString page(const Item *post) const;

    QString m_host;
    const Clock *m_clock;
    QString m_title;
    QList<Item> m_items;
    int m_lastNumber = 0;
    qsizetype m_window = 10;
    bool m_isPaging = false;
    bool m_isLying = false;
    QHash<QByteArray, QByteArray> m_headers;
    QHash<QString, QString> m_moved;
    QHash<QString, bool> m_gone;
    QHash<QString, QByteArray> m_malformed;
    QByteArray m_authorization;
};

} // namespace Earshot
