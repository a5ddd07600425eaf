// SPDX-FileCopyrightText: 2026 Earshot developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QFile>
#include <QTemporaryDir>

namespace Earshot {

/// Two small Hunspell dictionaries of our own, found before the system's while this lives.
class Dictionaries final
{
public:
    Dictionaries()
    {
        write(QStringLiteral("en_US"), "the\nlamp\nbroken\nis\nMira\nhello\nit's\n");
        write(QStringLiteral("de_DE"), "die\nLampe\nist\nkaputt\nGr\xc3\xbc\xc3\x9f"
                                       "e\n");
        qputenv("DICPATH", QFile::encodeName(m_folder.path()));
    }
    ~Dictionaries() { qunsetenv("DICPATH"); }

private:
    void write(const QString &language, const QByteArray &words) const
    {
        QFile rules(m_folder.filePath(language + QStringLiteral(".aff")));
        QFile list(m_folder.filePath(language + QStringLiteral(".dic")));
        if (!rules.open(QIODevice::WriteOnly) || !list.open(QIODevice::WriteOnly))
            qFatal("no dictionary could be written");
        rules.write("SET UTF-8\nTRY aeiounrtlspmkbd\n");
        list.write(QByteArray::number(words.count('\n')) + '\n' + words);
    }

    QTemporaryDir m_folder;
};

} // namespace Earshot
