// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/speller.h"

#include "ui/composer/spellworker.h"

#include <QDir>
#include <QLocale>
#include <QPromise>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace Earshot {

namespace {

/// DICPATH first, as every program that uses Hunspell does, then the system's.
QStringList dictionaryFolders()
{
    QStringList folders = qEnvironmentVariable("DICPATH").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    folders += QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, QStringLiteral("hunspell"),
                                         QStandardPaths::LocateDirectory);
    folders += QStandardPaths::locateAll(QStandardPaths::GenericDataLocation, QStringLiteral("myspell/dicts"),
                                         QStandardPaths::LocateDirectory);
    folders.removeDuplicates();
    return folders;
}

QStringList languagesIn(const QStringList &folders)
{
    QStringList languages;
    for (const QString &folder : folders) {
        const QStringList files = QDir(folder).entryList({QStringLiteral("*.aff")}, QDir::Files);
        for (const QString &file : files) {
            const QString language = file.chopped(4);
            if (QFile::exists(folder + QLatin1Char('/') + language + QStringLiteral(".dic")))
                languages.append(language);
        }
    }
    languages.removeDuplicates();
    languages.sort();
    return languages;
}

/// Runs `work` on the worker's thread; its answer comes as a future.
template <class T, class Work>
QFuture<T> onWorker(SpellWorker *worker, Work work)
{
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    QFuture<T> future = promise->future();
    QMetaObject::invokeMethod(
        worker,
        [promise, worker, call = std::move(work)] {
            promise->addResult(call(*worker));
            promise->finish();
        },
        Qt::QueuedConnection);
    return future;
}

} // namespace

QList<Misspelling> wordsToCheck(const QString &text)
{
    // Addresses, mail, names, tags and gaps: nobody's dictionary has them.
    static const QRegularExpression skipped(
        QStringLiteral("(?:https?://|www\\.)\\S+|[@#;]\\S+|\\S+@\\S+|\\{[^}\\n]*\\}|:[a-z_]+:"));
    QString plain = text;
    for (auto it = skipped.globalMatch(text); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        plain.replace(match.capturedStart(), match.capturedLength(), QString(match.capturedLength(), QLatin1Char(' ')));
    }
    QList<Misspelling> words;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, plain);
    qsizetype start = 0;
    while (finder.toNextBoundary() >= 0) {
        const qsizetype end = finder.position();
        const QStringView piece = QStringView(plain).sliced(start, end - start);
        const bool isWord = std::any_of(piece.cbegin(), piece.cend(), [](QChar c) { return c.isLetter(); });
        const bool hasDigit = std::any_of(piece.cbegin(), piece.cend(), [](QChar c) { return c.isDigit(); });
        if (isWord && !hasDigit && piece.size() > 1)
            words.append({int(start), int(end - start)});
        start = end;
    }
    return words;
}

Speller::Speller(QString ownWords, QObject *parent)
    : QObject(parent)
{
    const QStringList folders = dictionaryFolders();
    m_languages = languagesIn(folders);
    m_worker = new SpellWorker(folders, std::move(ownWords));
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("spelling"));
    m_thread.start(QThread::LowPriority);
}

Speller::~Speller()
{
    m_thread.quit();
    m_thread.wait();
}

QString Speller::dictionaryFor(const QString &tag) const
{
    const QString wanted = QString(tag).replace(QLatin1Char('-'), QLatin1Char('_'));
    if (wanted.isEmpty())
        return {};
    if (m_languages.contains(wanted))
        return wanted;
    const QString language = wanted.section(QLatin1Char('_'), 0, 0).toLower();
    // "de_DE" for German; English, for one, has no country of its own name.
    const QString usual = QLocale(language).name();
    if (m_languages.contains(usual))
        return usual;
    for (const QString &known : m_languages) {
        if (known.section(QLatin1Char('_'), 0, 0) == language)
            return known;
    }
    return {};
}

QString Speller::nameOf(const QString &language)
{
    const QLocale locale(language);
    if (locale.language() == QLocale::C)
        return language;
    QString name = locale.nativeLanguageName();
    if (!name.isEmpty())
        name[0] = name.at(0).toUpper();
    const QString country = locale.nativeTerritoryName();
    return language.contains(QLatin1Char('_')) && !name.contains(country) ? QStringLiteral("%1 (%2)").arg(name, country)
                                                                          : name;
}

QFuture<QList<Misspelling>> Speller::check(const QString &language, const QString &text)
{
    return onWorker<QList<Misspelling>>(m_worker,
                                        [language, text](SpellWorker &worker) { return worker.check(language, text); });
}

QFuture<QStringList> Speller::suggest(const QString &language, const QString &word)
{
    return onWorker<QStringList>(m_worker,
                                 [language, word](SpellWorker &worker) { return worker.suggest(language, word); });
}

void Speller::addWord(const QString &language, const QString &word)
{
    QMetaObject::invokeMethod(
        m_worker, [worker = m_worker, language, word] { worker->addWord(language, word); }, Qt::QueuedConnection);
    Q_EMIT wordsChanged(language);
}

} // namespace Earshot
