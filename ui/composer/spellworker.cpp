// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/composer/spellworker.h"

#include "workspace/wholefile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <hunspell/hunspell.hxx>

namespace Earshot {

namespace {

constexpr size_t mostSuggestions = 8;

} // namespace

SpellWorker::SpellWorker(QStringList folders, QString ownWords)
    : m_folders(std::move(folders))
    , m_ownWords(std::move(ownWords))
{
}

SpellWorker::~SpellWorker() = default;

QString SpellWorker::ownFile(const QString &language) const
{
    return m_ownWords + QLatin1Char('/') + language + QStringLiteral(".txt");
}

void SpellWorker::learn(Dictionary &dictionary, const QString &word)
{
    const QByteArray known = dictionary.encode(word);
    if (dictionary.hunspell && !dictionary.encode.hasError())
        dictionary.hunspell->add(known.toStdString());
    dictionary.encode.resetState();
}

SpellWorker::Dictionary &SpellWorker::dictionary(const QString &language)
{
    if (const auto known = m_dictionaries.find(language); known != m_dictionaries.end())
        return known->second;
    Dictionary &fresh = m_dictionaries[language];
    for (const QString &folder : std::as_const(m_folders)) {
        const QString base = folder + QLatin1Char('/') + language;
        if (!QFile::exists(base + QStringLiteral(".aff")) || !QFile::exists(base + QStringLiteral(".dic")))
            continue;
        fresh.hunspell = std::make_unique<Hunspell>(QFile::encodeName(base + QStringLiteral(".aff")).constData(),
                                                    QFile::encodeName(base + QStringLiteral(".dic")).constData());
        break;
    }
    if (!fresh.hunspell)
        return fresh;
    const std::string &encoding = fresh.hunspell->get_dict_encoding();
    fresh.encode = QStringEncoder(encoding.c_str());
    fresh.decode = QStringDecoder(encoding.c_str());
    if (!fresh.encode.isValid() || !fresh.decode.isValid()) {
        // Better no marks than marks below every word.
        fresh.hunspell.reset();
        return fresh;
    }
    QFile own(ownFile(language));
    if (own.open(QIODevice::ReadOnly)) {
        const QStringList words = QString::fromUtf8(own.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        for (const QString &word : words)
            learn(fresh, word);
    }
    return fresh;
}

QList<Misspelling> SpellWorker::check(const QString &language, const QString &text)
{
    Dictionary &known = dictionary(language);
    QList<Misspelling> wrong;
    if (!known.hunspell)
        return wrong;
    const QList<Misspelling> words = wordsToCheck(text);
    for (const Misspelling &word : words) {
        QString spelled = text.sliced(word.from, word.length);
        spelled.replace(QChar(0x2019), QLatin1Char('\''));
        const QByteArray encoded = known.encode(spelled);
        // A letter that the dictionary cannot even write is none of its language's words.
        const bool isForeign = known.encode.hasError();
        known.encode.resetState();
        if (!isForeign && !known.hunspell->spell(encoded.toStdString()))
            wrong.append(word);
    }
    return wrong;
}

QStringList SpellWorker::suggest(const QString &language, const QString &word)
{
    Dictionary &known = dictionary(language);
    QStringList list;
    if (!known.hunspell)
        return list;
    const QByteArray encoded = known.encode(word);
    const std::vector<std::string> suggestions = known.hunspell->suggest(encoded.toStdString());
    for (size_t i = 0; i < suggestions.size() && i < mostSuggestions; ++i) {
        const QString text = known.decode(QByteArrayView(suggestions[i].data(), qsizetype(suggestions[i].size())));
        list.append(text);
    }
    return list;
}

void SpellWorker::addWord(const QString &language, const QString &word)
{
    learn(dictionary(language), word);
    QDir().mkpath(m_ownWords);
    QByteArray words;
    if (QFile own(ownFile(language)); own.open(QIODevice::ReadOnly))
        words = own.readAll();
    QSaveFile file(ownFile(language));
    if (!file.open(QIODevice::WriteOnly))
        return;
    file.write(words + word.toUtf8() + '\n');
    static_cast<void>(commitWhole(file));
}

} // namespace Earshot
