// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "ui/composer/speller.h"

#include <QHash>
#include <QStringDecoder>
#include <QStringEncoder>

#include <memory>

class Hunspell;

namespace Earshot {

/// The dictionaries themselves, on the speller's thread. Each is read when it is first asked.
class SpellWorker final : public QObject
{
    Q_OBJECT

public:
    SpellWorker(QStringList folders, QString ownWords);
    ~SpellWorker() override;

    [[nodiscard]] QList<Misspelling> check(const QString &language, const QString &text);
    [[nodiscard]] QStringList suggest(const QString &language, const QString &word);
    void addWord(const QString &language, const QString &word);

private:
    struct Dictionary
    {
        std::unique_ptr<Hunspell> hunspell; ///< null = there is none that can be read
        QStringEncoder encode;
        QStringDecoder decode;
    };
    [[nodiscard]] Dictionary &dictionary(const QString &language);
    [[nodiscard]] QString ownFile(const QString &language) const;
    void learn(Dictionary &dictionary, const QString &word);

    QStringList m_folders;
    QString m_ownWords;
    std::unordered_map<QString, Dictionary> m_dictionaries;
};

} // namespace Earshot
